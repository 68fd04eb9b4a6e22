"""What was recorded in a case for figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.models import Case
from kavalan.casework.insight.models import Safeguarded

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer


def safeguarded_for(officer: Officer, public_id: UUID, now: datetime) -> Safeguarded | None:
    """What was recorded, or None where it does not exist or its case is not open to the officer."""
    there = visible(Case, officer, now, "case_id")
    return Safeguarded.objects.filter(there, public_id=public_id).select_related("case__merged_into").first()


def safeguarded_in(case: Case) -> QuerySet[Safeguarded]:
    """The children who were brought to safety as it is told in a case and those merged into it, the newest first."""
    rows = Safeguarded.objects.filter(case__in=family_of(case))
    return rows.select_related("child", "entered_by", "withdrawn_by").order_by("-happened_on", "-pk")
