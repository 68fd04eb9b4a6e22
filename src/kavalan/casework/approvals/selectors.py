"""What waits for an officer's answer, and what became of the officer's own questions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.access.models import Placement, Role
from kavalan.casework.access.selectors import compartments_with, roles_in
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.selectors import in_force
from kavalan.casework.approvals.kinds import kinds
from kavalan.casework.approvals.models import Approval

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.approvals.rules import Kind, Matter

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Lies:
    """Where a matter or a question lies: in compartments, by their numbers, or with a unit."""

    rooms: tuple[int, ...] = ()
    unit: int | None = None

    @classmethod
    def where(cls, matter: Matter) -> Lies:
        """Where that matter lies."""
        if hasattr(matter, "compartment_ids"):
            return cls(rooms=tuple(matter.compartment_ids()))
        return cls(unit=matter.unit_id)


def roles_where(officer: Officer, lies: Lies, now: datetime) -> frozenset[str]:
    """The officer's roles there: in the compartments, or at the desk of the unit, of which the officer must be."""
    if lies.unit is not None:
        return _desk_roles(officer, now) if officer.unit_id == lies.unit else frozenset()
    return roles_in(officer, lies.rooms, now)


def may_ask(officer: Officer, kind: Kind, matter: Matter, now: datetime) -> bool:
    """Whether the officer has the right to ask for that."""
    return bool(kind.ask & roles_where(officer, Lies.where(matter), now))


def waiting(officer: Officer, now: datetime) -> QuerySet[Approval]:
    """What others ask that the officer has the right to grant, the first to lapse first."""
    return answerable(officer, now).order_by("expires_at", "pk")[:MOST_SHOWN]


def approval_for(officer: Officer, public_id: UUID, now: datetime) -> Approval | None:
    """A question that the officer may answer, or None where there is none: one answer for both."""
    return answerable(officer, now).filter(public_id=public_id).first()


def asked_by(officer: Officer) -> QuerySet[Approval]:
    """What the officer asked, the newest first."""
    return Approval.objects.filter(asked_by=officer).select_related("answered_by").order_by("-pk")[:MOST_SHOWN]


def answered_by(officer: Officer) -> QuerySet[Approval]:
    """What the officer answered, the newest answer first."""
    answered = Approval.objects.filter(answered_by=officer).select_related("asked_by")
    return answered.order_by("-answered_at", "-pk")[:MOST_SHOWN]


def asked_of(officer: Officer, kind: Kind, matter: Matter, now: datetime) -> QuerySet[Approval]:
    """The officer's questions about that matter that can still be answered or used, the oldest first."""
    mine = Approval.objects.filter(kind=kind.name, subject=matter.public_id, asked_by=officer, used_at__isnull=True)
    return mine.filter(expires_at__gt=now).exclude(granted=False).order_by("pk")


def answerable(officer: Officer, now: datetime) -> QuerySet[Approval]:
    """What others ask that the officer has the right to grant, in no order."""
    theirs = reduce(or_, (Q(kind=kind.name) & _where(officer, kind, now) for kind in kinds().values()))
    waits = Approval.objects.filter(theirs, granted__isnull=True, expires_at__gt=now).exclude(asked_by=officer)
    return waits.select_related("asked_by")


def _where(officer: Officer, kind: Kind, now: datetime) -> Q:
    roles = [role for role in Role if role in kind.grant]
    rooms = compartments_with(officer, roles, now).order_by().values("pk")
    placed = Placement.objects.filter(kind=Approval._meta.label_lower, object_id=OuterRef("pk"), compartment__in=rooms)
    there = Q(unit__isnull=True) & Q(Exists(placed))
    held = RoleHeld.objects.filter(in_force(now), officer=officer, role__in=kind.grant)
    return there | (Q(unit=officer.unit_id) & Q(Exists(held)))


def _desk_roles(officer: Officer, now: datetime) -> frozenset[str]:
    return frozenset(RoleHeld.objects.filter(in_force(now), officer=officer).values_list("role", flat=True))
