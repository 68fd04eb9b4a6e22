"""Sealing many names at once: encrypted before the transaction that adds them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from kavalan.casework.access.models import Placement
from kavalan.casework.bulk import Prepared
from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.models import Identity, SealedVersion
from kavalan.casework.identities.rules import draw_pseudonym, fault
from kavalan.casework.identities.sealing import same_person, seal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.casework.access.models import Compartment
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.identities.rules import Kind, Particulars


class SealedNames:
    """Names that are sealed and not entered yet; `pseudonyms` stand in their order.

    Args:
        named: whose names, and what of each is sealed.
        room: where the pseudonyms are known.
        by: who sealed them.
        at: when, aware UTC.

    Raises:
        RefusedError: the particulars of one cannot be sealed.
        LockedError: this process holds no keys.
    """

    def __init__(self, named: Sequence[tuple[Kind, Particulars]], room: Compartment, by: Officer, at: datetime) -> None:
        self.pseudonyms = _drawn(len(named), at.year)
        identities = [
            Identity(public_id=uuid.uuid4(), kind=kind, pseudonym=pseudonym, sealed_by=by, sealed_at=at)
            for (kind, _), pseudonym in zip(named, self.pseudonyms, strict=True)
        ]
        pairs = zip(named, identities, strict=True)
        versions = [_version(particulars, owner, room) for (_, particulars), owner in pairs]
        self._identities = Prepared(Identity, identities)
        self._versions = Prepared(SealedVersion, versions)
        kind = Identity._meta.label_lower
        self._placements = Prepared(Placement, [Placement(kind=kind, compartment=room) for _ in named])

    def enter(self) -> list[int]:
        """Add them, and give the numbers of the identities in their order; part of a verb or a step.

        What calls it writes `Identity`, `SealedVersion` and `Placement`. It fails whole where a pseudonym was drawn by
        somebody else meanwhile: then the whole is tried again.
        """
        self._identities.insert()
        found = dict(Identity.objects.filter(pseudonym__in=self.pseudonyms).values_list("pseudonym", "pk"))
        numbers = [found[pseudonym] for pseudonym in self.pseudonyms]
        self._versions.insert(identity_id=numbers)
        self._placements.insert(object_id=numbers)
        return numbers


def _version(particulars: Particulars, owner: Identity, room: Compartment) -> SealedVersion:
    if why := fault(particulars):
        raise RefusedError(why)
    sealed = seal(particulars, owner.public_id, 1)
    return SealedVersion(
        number=1,
        sealed=sealed.blob,
        seal=sealed.seal,
        same=same_person(particulars, room),
        recorded_by=owner.sealed_by,
        recorded_at=owner.sealed_at,
    )


def _drawn(count: int, year: int) -> list[str]:
    """As many pseudonyms as are asked for, none of which is taken."""
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        more = {draw_pseudonym(year) for _ in range(count - len(drawn))} - drawn.keys()
        taken = set(Identity.objects.filter(pseudonym__in=more).values_list("pseudonym", flat=True))
        drawn |= dict.fromkeys(more - taken)
    return list(drawn)
