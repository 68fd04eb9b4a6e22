"""What waits for an officer's answer, and what became of the officer's own questions."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.access.models import Placement
from kavalan.casework.access.selectors import compartments_with
from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.rules import RIGHTS

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.access.models import Role
    from kavalan.casework.accounts.models import Officer

MOST_SHOWN = 100


def waiting(officer: Officer, now: datetime) -> QuerySet[Approval]:
    """What others ask that the officer has the right to grant, the first to lapse first."""
    return _answerable(officer, now).order_by("expires_at", "pk")[:MOST_SHOWN]


def approval_for(officer: Officer, public_id: UUID, now: datetime) -> Approval | None:
    """A question that the officer may answer, or None where there is none: one answer for both."""
    return _answerable(officer, now).filter(public_id=public_id).first()


def asked_by(officer: Officer) -> QuerySet[Approval]:
    """What the officer asked, the newest first."""
    return Approval.objects.filter(asked_by=officer).select_related("answered_by").order_by("-pk")[:MOST_SHOWN]


def _answerable(officer: Officer, now: datetime) -> QuerySet[Approval]:
    theirs = reduce(or_, (Q(kind=kind) & _where(officer, rights.grant, now) for kind, rights in RIGHTS.items()))
    waits = Approval.objects.filter(theirs, granted__isnull=True, expires_at__gt=now).exclude(asked_by=officer)
    return waits.select_related("asked_by")


def _where(officer: Officer, roles: frozenset[Role], now: datetime) -> Q:
    rooms = compartments_with(officer, roles, now).order_by().values("pk")
    placed = Placement.objects.filter(kind=Approval._meta.label_lower, object_id=OuterRef("pk"), compartment__in=rooms)
    return Q(Exists(placed))
