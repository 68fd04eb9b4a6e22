"""What an officer may see of identities: pseudonyms, and who was told a name; never the name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.approvals.models import Approval
from kavalan.casework.identities.approval_kinds import OPEN_IDENTITY
from kavalan.casework.identities.models import Identity, SealedVersion

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

IDENTITIES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class IdentityPage:
    """One page of identities, the newest first, and the one before which the next page begins."""

    identities: Sequence[Identity]
    before: UUID | None


def visible_identities(officer: Officer, now: datetime) -> QuerySet[Identity]:
    """The identities of whose pseudonyms the officer may know."""
    return Identity.objects.filter(visible(Identity, officer, now)).select_related("sealed_by")


def identity_for(officer: Officer, public_id: UUID, now: datetime) -> Identity | None:
    """The identity, or None where it does not exist or may not be seen: one answer for both."""
    return visible_identities(officer, now).filter(public_id=public_id).first()


def identity_page(officer: Officer, now: datetime, before: UUID | None = None) -> IdentityPage:
    """A page of the identities that the officer may see."""
    seen = visible_identities(officer, now)
    if before is not None:
        seen = seen.filter(pk__lt=seen.filter(public_id=before).values("pk"))
    found = list(seen.order_by("-pk")[: IDENTITIES_A_PAGE + 1])
    page = found[:IDENTITIES_A_PAGE]
    return IdentityPage(page, page[-1].public_id if len(found) > IDENTITIES_A_PAGE else None)


def versions_of(identity: Identity) -> list[SealedVersion]:
    """When something was sealed and by whom, the newest first; what was sealed stays in the database."""
    return list(identity.versions.select_related("recorded_by").defer("sealed").order_by("-number"))


def openings_of(identity: Identity) -> QuerySet[Approval]:
    """Each time the name was told: to whom, on whose grant, why; the newest first."""
    told = _openings([identity]).select_related("asked_by", "answered_by")
    return told.order_by("-used_at", "-pk")


def opening_counts(identities: Collection[Identity]) -> Mapping[UUID, int]:
    """How often each was told; absent where it never was."""
    counted = _openings(identities).order_by().values_list("subject").annotate(Count("pk"))
    return dict(counted)


def sealed_alike(officer: Officer, identity: Identity, now: datetime) -> list[Identity]:
    """Other identities in the same compartment under whose pseudonym the same name and year of birth was sealed."""
    same = identity.versions.values("same")
    others = SealedVersion.objects.filter(same__in=same).exclude(identity=identity).values("identity")
    return list(visible_identities(officer, now).filter(Q(pk__in=others)).order_by("pk"))


def _openings(identities: Collection[Identity]) -> QuerySet[Approval]:
    ids = [identity.public_id for identity in identities]
    return Approval.objects.filter(kind=OPEN_IDENTITY.name, subject__in=ids, used_at__isnull=False)
