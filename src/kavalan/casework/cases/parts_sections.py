"""The sections of what came in and was joined in a case: reports and exhibits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kavalan.casework.cases.joined import joined_rows
from kavalan.casework.cases.section import Section
from kavalan.casework.exhibits.selectors import visible_exhibits
from kavalan.casework.intake.selectors import visible_reports

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case


def reports_section(officer: Officer, case: Case, now: datetime) -> Section:
    """The reports that are joined in it."""
    seen = visible_reports(officer, now).defer("tip", "digest", "answers")
    return Section("reports", _("Reports"), "cases/_reports.html", {"joined": joined_rows(case, seen)})


def exhibits_section(officer: Officer, case: Case, now: datetime) -> Section:
    """The exhibits that are joined in it."""
    seen = visible_exhibits(officer, now)
    return Section("exhibits", _("Exhibits"), "cases/_exhibits.html", {"joined": joined_rows(case, seen)})
