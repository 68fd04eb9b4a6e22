"""Looking at an exhibit without what was met in earlier ones: which those may be, and to whom it is open.

Nobody has decided anything here about a content. That an earlier exhibit was gone through, the officer says who chooses
it, and the ledger keeps who said so. What lists know is never left out, nor what could not be wholly read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from kavalan.casework.access.selectors import grants_to, visible
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Earlier, Exhibit, Thinning
from kavalan.casework.exhibits.rules import Novelty, Seal
from kavalan.casework.exhibits.selectors import visible_exhibits
from kavalan.casework.jobs.models import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.access.models import Grant
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.exhibits.models import Tally
    from kavalan.casework.exhibits.rules import ItemFilter

MOST_OFFERED = 200


@dataclass(frozen=True, slots=True)
class Thinned:
    """By which exhibits an exhibit is thinned, as the officer may see it.

    Attributes:
        thinning: the record; its job may still be under way.
        earlier: the exhibits, the newest first.
    """

    thinning: Thinning
    earlier: Sequence[Exhibit]

    @property
    def usable(self) -> bool:
        """Whether every item was asked about."""
        return self.thinning.job.state == State.DONE


def earlier_exhibits(officer: Officer, exhibit: Exhibit, now: datetime) -> QuerySet[Exhibit]:
    """Exhibits that were registered before and scanned whole, as far as the officer may see them, the newest first."""
    seen = visible_exhibits(officer, now).filter(pk__lt=exhibit.pk, scan__state=State.DONE)
    return seen.order_by("-pk")


def thinned_by(officer: Officer, exhibit: Exhibit, now: datetime) -> Thinned | None:
    """By what the exhibit is thinned; None where it is not, or by any that the officer may not see."""
    thinning = _open(officer, exhibit, now).select_related("job", "chosen_by").first()
    if thinning is None:
        return None
    earlier = Exhibit.objects.filter(pk__in=thinning.earlier.values("exhibit")).order_by("-pk")
    return Thinned(thinning, list(earlier))


def reasons(officer: Officer, exhibit: Exhibit, now: datetime) -> tuple[list[Grant], bool]:
    """Why the officer sees the exhibit, and whether its list may be thinned for them, in one statement."""
    usable = Exists(_open(officer, exhibit, now).filter(job__state=State.DONE))
    found = list(grants_to(officer, exhibit, now).annotate(may_thin=usable))
    return [*found], bool(found) and found[0].may_thin


def as_may_be(officer: Officer, exhibit: Exhibit, asked: ItemFilter, now: datetime) -> ItemFilter:
    """The filter, without the thinning where that is not open to the officer or not done."""
    if asked.thinned and not _open(officer, exhibit, now).filter(job__state=State.DONE).exists():
        return replace(asked, thinned=False)
    return asked


def require_open(officer: Officer, exhibit: Exhibit, asked: ItemFilter, now: datetime) -> None:
    """Refuse a list that is thinned where the officer may not have that.

    Raises:
        RefusedError: it is not thinned, the work is not done, or an earlier exhibit is not open to the officer.
    """
    if as_may_be(officer, exhibit, asked, now) != asked:
        raise RefusedError("It is not thinned by earlier exhibits that are open to you.")


def met(tallies: Iterable[Tally]) -> int:
    """How many open items are left out by it."""
    return sum(tally.items for tally in tallies if tally.seal == Seal.OPEN and tally.novelty == Novelty.MET)


def _open(officer: Officer, exhibit: Exhibit, now: datetime) -> QuerySet[Thinning]:
    closed = Earlier.objects.filter(~visible(Exhibit, officer, now, at="exhibit_id"), thinning=OuterRef("pk"))
    return Thinning.objects.filter(~Exists(closed), exhibit=exhibit)
