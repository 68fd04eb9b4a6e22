"""What an officer may see of cases: every read here passes the one visibility predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.models import Case, Part

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from kavalan.casework.accounts.models import Officer


def visible_cases(officer: Officer, now: datetime) -> QuerySet[Case]:
    """The cases that the officer may see."""
    return Case.objects.filter(visible(Case, officer, now)).select_related("unit", "lead")


def parts_of(case: Case, model: type[Model]) -> QuerySet[Part]:
    """What of one model is in a case now, in the order in which it came."""
    return case.parts.filter(kind=model._meta.label_lower, ended_at__isnull=True).order_by("pk")
