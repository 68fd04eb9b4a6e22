"""The sections of what came in and was joined in a case: reports, exhibits, contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.joined import joined_rows
from kavalan.casework.cases.section import MOST_ROWS, Section
from kavalan.casework.exhibits.models import Content, Exhibit, Item
from kavalan.casework.exhibits.rules import Seal
from kavalan.casework.exhibits.selectors import visible_exhibits
from kavalan.casework.intake.selectors import visible_reports

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case

MOST_PARTS = 200
"""Parts of one sort on a page of their own."""


def reports_section(officer: Officer, case: Case, now: datetime, most: int = MOST_ROWS) -> Section:
    """The reports that are joined in it."""
    seen = visible_reports(officer, now).defer("tip", "digest", "answers")
    return Section("reports", _("Reports"), "cases/_reports.html", {"joined": joined_rows(case, seen, most)})


def exhibits_section(officer: Officer, case: Case, now: datetime, most: int = MOST_ROWS) -> Section:
    """The exhibits that are joined in it."""
    seen = visible_exhibits(officer, now)
    return Section("exhibits", _("Exhibits"), "cases/_exhibits.html", {"joined": joined_rows(case, seen, most)})


def contents_section(officer: Officer, case: Case, now: datetime, most: int = MOST_ROWS) -> Section | None:
    """The contents that were picked out of its exhibits; None while there are none."""
    joined = joined_rows(case, open_contents(officer, now), most)
    return Section("contents", _("Contents"), "cases/_contents.html", {"joined": joined}) if joined.rows else None


def open_contents(officer: Officer, now: datetime) -> QuerySet[Content]:
    """The contents that are open to the officer in an exhibit that they may see."""
    there = Item.objects.filter(visible(Exhibit, officer, now, "exhibit_id"), content=OuterRef("pk"), seal=Seal.OPEN)
    return Content.objects.filter(Exists(there))
