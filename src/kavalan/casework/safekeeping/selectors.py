"""Reading what is kept of exhibits, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in, visible
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.safekeeping.models import Destruction, Safekeeping
from kavalan.casework.vault.models import Kept, Rehash, VaultFault, What
from kavalan.casework.vault.selectors import kept
from kavalan.casework.vault.standing import verified

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Stands:
    """How something that is kept stands.

    Attributes:
        kept: the record.
        fault: what is wrong with it now; None where nothing is known.
        verified: since when all of it is known to be whole.
    """

    kept: Kept
    fault: VaultFault | None
    verified: datetime | None


def latest_of(exhibit: Exhibit) -> Safekeeping | None:
    """The last keeping that was asked for."""
    return exhibit.safekeepings.select_related("job", "content", "index").order_by("-pk").first()


def kept_of(exhibit: Exhibit) -> list[Kept]:
    """What is kept of an exhibit now and not about to be destroyed, in order."""
    keepings = exhibit.safekeepings.all()
    theirs = Q(pk__in=keepings.values("content")) | Q(pk__in=keepings.values("index"))
    return list(Kept.objects.filter(theirs, doomed_at__isnull=True).select_related("kept_by").order_by("pk"))


def stand(records: Sequence[Kept]) -> list[Stands]:
    """How each of them stands."""
    faults = {
        fault.name: fault
        for fault in VaultFault.objects.filter(name__in={one.name for one in records}, cured_at__isnull=True)
    }
    return [Stands(one, faults.get(one.name), verified(one.name)) for one in records]


def supervises(officer: Officer, exhibit: Exhibit, now: datetime) -> bool:
    """Whether the officer may ask for what is kept of it to be destroyed."""
    return Role.SUPERVISOR in roles_in(officer, exhibit.compartment_ids(), now)


def destruction_for(officer: Officer, public_id: UUID, now: datetime) -> Destruction | None:
    """A destruction, as far as the officer may see its exhibit."""
    seen = Destruction.objects.filter(visible(Exhibit, officer, now, at="exhibit_id"))
    return (
        seen.select_related("exhibit", "approval__asked_by", "approval__answered_by", "job")
        .filter(public_id=public_id)
        .first()
    )


def rehash_for(public_id: UUID) -> Rehash | None:
    """A night's reading: everybody at the desk sees it."""
    return Rehash.objects.select_related("job").filter(public_id=public_id).first()


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page of the vault says beside the register's figures.

    Attributes:
        sorts: of what sort, how many, how many bytes; of all that is kept.
        nights: the last readings, the newest first.
        faults: those of what the officer may see, with it.
        hidden: how many more faults there are.
        held: what is held in place, as far as the officer may see it, with how it stands.
        destructions: as far as the officer may see them, the newest first.
    """

    sorts: list[tuple[str, int, int]]
    nights: list[Rehash]
    faults: list[tuple[VaultFault, Kept]]
    hidden: int
    held: list[tuple[Safekeeping, Stands]]
    destructions: QuerySet[Destruction]


def overview(officer: Officer, now: datetime) -> Overview:
    """All of it."""
    faults = list(VaultFault.objects.filter(cured_at__isnull=True).order_by("pk")[: 10 * MOST_SHOWN])
    seen = kept(officer, now).filter(name__in=[fault.name for fault in faults], doomed_at__isnull=True)
    known = {one.name: one for one in seen}
    mine = [(fault, known[fault.name]) for fault in faults if fault.name in known]
    return Overview(
        sorts=_sorts(),
        nights=list(Rehash.objects.select_related("job").order_by("-night")[:10]),
        faults=mine[:MOST_SHOWN],
        hidden=len(faults) - len(mine[:MOST_SHOWN]),
        held=_held(officer, now),
        destructions=_destructions(officer, now),
    )


def _sorts() -> list[tuple[str, int, int]]:
    there = Kept.objects.filter(doomed_at__isnull=True).values("what").order_by("what")
    counted = there.annotate(count=Count("pk"), size=Sum("size"))
    return [(str(What(row["what"]).label), row["count"], row["size"]) for row in counted]


def _held(officer: Officer, now: datetime) -> list[tuple[Safekeeping, Stands]]:
    there = Safekeeping.objects.filter(
        Q(visible(Exhibit, officer, now, at="exhibit_id")), content__what=What.HELD, content__doomed_at__isnull=True
    )
    keepings = list(there.select_related("exhibit", "content").order_by("-pk")[:MOST_SHOWN])
    stands = {one.kept.pk: one for one in stand([one.content for one in keepings if one.content])}
    return [(one, stands[one.content.pk]) for one in keepings if one.content]


def _destructions(officer: Officer, now: datetime) -> QuerySet[Destruction]:
    seen = Destruction.objects.filter(visible(Exhibit, officer, now, at="exhibit_id"))
    return seen.select_related("exhibit", "job").order_by("-pk")[:MOST_SHOWN]
