"""What a case's page says of children brought to safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kavalan.casework.cases.section import MOST_ROWS, Section
from kavalan.casework.insight.selectors import safeguarded_in

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case


def safeguarded_section(officer: Officer, case: Case, now: datetime) -> Section:  # noqa: ARG001 as every provider
    """The children by their pseudonyms, and the way to record one."""
    rows = list(safeguarded_in(case).filter(withdrawn_at__isnull=True)[: MOST_ROWS + 1])
    context = {"rows": rows[:MOST_ROWS], "more": len(rows) > MOST_ROWS}
    return Section("safeguarded", _("Children brought to safety"), "insight/_safeguarded.html", context)
