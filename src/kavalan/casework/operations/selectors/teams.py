"""The teams of an operation, and who of them was let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q

from kavalan.casework.access.models import Grant
from kavalan.casework.accounts.models import Officer
from kavalan.casework.operations.models import Operation, Team, TeamMember
from kavalan.casework.operations.working import WORKS

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


def teams_of(operation: Operation) -> QuerySet[Team]:
    """The teams with their members, by name, the lead first."""
    members = TeamMember.objects.select_related("officer").order_by("-leads", "badge")
    return operation.teams.prefetch_related(Prefetch("members", members)).order_by("name")


def to_let_in(operation: Operation, now: datetime) -> list[Officer]:
    """The officers of this desk who are in a team and may not tell what happens yet."""
    valid = Q(until__isnull=True) | Q(until__gt=now)
    theirs = Q(officer=OuterRef("pk")) | Q(unit=OuterRef("unit"))
    held = Grant.objects.filter(valid, theirs, compartment=operation.compartment_id, role__in=WORKS)
    there = TeamMember.objects.filter(team__operation=operation, officer__isnull=False)
    found = Officer.objects.filter(~Exists(held), pk__in=there.values("officer"), is_active=True)
    return list(found.order_by("badge"))


def let_in(operation: Operation, now: datetime) -> QuerySet[Grant]:
    """Who was let in, and as what, in the order in which it was."""
    valid = Q(until__isnull=True) | Q(until__gt=now)
    held = Grant.objects.filter(valid, compartment=operation.compartment_id)
    return held.select_related("officer__unit", "unit").order_by("pk")
