"""A case and those that were merged into it: what lies in one compartment as cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.models import Placement
from kavalan.casework.cases.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet


def family_of(case: Case) -> QuerySet[Placement, int]:
    """The numbers of the case and of all that were merged into it, at any depth, for `case__in`.

    A merge places what is merged where it goes on: so one statement finds all, and who may see the one sees the others.
    """
    placed = Placement.objects.filter(kind=Case._meta.label_lower, compartment=case.compartment_id)
    return placed.values_list("object_id", flat=True)


def goes_on_in(case: Case) -> Case:
    """The case in which it goes on: itself, where it was not merged."""
    while case.merged_into is not None:
        case = case.merged_into
    return case
