"""The work of matching: after each batch of a scan, and of a unit's contents again. Only workers import this."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Sum

from kavalan.casework.exhibits.models import Content, Item, ScanBatch
from kavalan.casework.hits.loader import load_rematch_batch, load_scan_batch, renew
from kavalan.casework.hits.matching import UnitLists
from kavalan.casework.hits.models import Rematch, ScanMatching
from kavalan.casework.hits.second_look import SecondLook
from kavalan.casework.hits.services import finish_rematch, stop_rematch
from kavalan.casework.jobs.pulse import now_and_then
from kavalan.fingerprint import Fingerprinter

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from datetime import datetime
    from types import TracebackType

    from kavalan.casework.accounts.models import Unit
    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.hits.loader import Answered
    from kavalan.casework.jobs.models import Job, State
    from kavalan.casework.jobs.worker import Clock
    from kavalan.lists import Catalogue
    from kavalan.scan import Batch


class BatchMatching:
    """Matches the contents of each batch that a scan has loaded, so that what is known is seen while the scan goes on.

    Enter it: for the second look at near hits a decoder of its own is started when the first one comes.

    Args:
        catalogue: the lists of the workspace.
        clock: gives aware UTC.
    """

    def __init__(self, catalogue: Catalogue, clock: Clock) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._asked: tuple[int, UnitLists] | None = None
        self._decoders = ExitStack()
        self._exact: Fingerprinter | None = None

    def __enter__(self) -> Self:
        """Nothing is started before it is needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the decoder."""
        self._decoders.close()

    def __call__(self, job: Job, exhibit: Exhibit, batch: Batch, now: datetime) -> None:
        """Match a batch unless it was matched already; the lists are asked outside the transaction."""
        done = ScanMatching.objects.filter(exhibit=exhibit).values_list("batch", flat=True).first()
        if done is None or done < batch.number:
            answered = self._lists(job, exhibit).ask(_contents(exhibit, batch.number), now)
            load_scan_batch(job, exhibit, batch.number, answered, now)

    def _lists(self, job: Job, exhibit: Exhibit) -> UnitLists:
        if self._asked is None or self._asked[0] != job.pk:
            alive = now_and_then(self._clock, lambda now: renew(job, now))
            again = SecondLook(exhibit, self._decoder, alive)
            self._asked = job.pk, UnitLists(self._catalogue, exhibit.authority.unit.name, again)
        return self._asked[1]

    def _decoder(self) -> Fingerprinter:
        if self._exact is None:
            self._exact = self._decoders.enter_context(Fingerprinter(workers=1, rotations=True, exact=True))
        return self._exact


@dataclass(frozen=True, slots=True)
class Rematching:
    """The work of a rematch.

    Attributes:
        catalogue: the lists of the workspace.
        batch_contents: contents a batch.
    """

    catalogue: Catalogue
    batch_contents: int = 10_000

    def batches(self, job: Job, clock: Clock) -> Generator[Answered, None, None]:
        """Ask about the contents after the last one done, batch by batch."""
        rematch = _rematch(job)
        lists = UnitLists(self.catalogue, rematch.unit.name)
        after = rematch.after
        while contents := _next_contents(rematch.unit, after, self.batch_contents):
            yield lists.ask(contents, clock())
            after = contents[-1].pk

    def ask(self, job: Job, now: datetime) -> None:
        """Nothing: see `services` for why a rematch needs no authority."""

    def load(self, job: Job, batch: Answered, now: datetime) -> None:
        """Load one batch."""
        load_rematch_batch(job, _rematch(job), batch, now)

    def finish(self, job: Job, now: datetime) -> None:
        """End it well."""
        finish_rematch(job.officer, now, rematch=_rematch(job), job=job)

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise."""
        stop_rematch(job.officer, now, rematch=_rematch(job), job=job, state=state, why=why)


def _rematch(job: Job) -> Rematch:
    return Rematch.objects.select_related("unit").get(job=job)


def _contents(exhibit: Exhibit, number: int) -> Sequence[Content]:
    """The contents of a loaded batch."""
    batches = ScanBatch.objects.filter(exhibit=exhibit)
    before = batches.filter(number__lt=number).aggregate(rows=Sum("rows", default=0))["rows"]
    last = before + batches.values_list("rows", flat=True).get(number=number)
    items = Item.objects.filter(exhibit=exhibit, number__gt=before, number__lte=last)
    return list(Content.objects.filter(pk__in=items.values("content")).order_by("pk"))


def _next_contents(unit: Unit, after: int, most: int) -> Sequence[Content]:
    """The unit's next contents in the order of their numbers."""
    theirs = Item.objects.filter(content=OuterRef("pk"), exhibit__authority__unit=unit)
    return list(Content.objects.filter(Exists(theirs), pk__gt=after).order_by("pk")[:most])
