"""The subjects of a case, as its page tells them (`cases.sections`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.cases.joined import joined_rows
from kavalan.casework.cases.section import Section
from kavalan.casework.cases.working import WORKS
from kavalan.casework.subjects.selectors.subjects import visible_subjects

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case


def subjects_section(officer: Officer, case: Case, now: datetime) -> Section:
    """The subjects that are joined in it, and the way to open one."""
    works = not roles_in(officer, case.compartment_ids(), now).isdisjoint(WORKS)
    joined = joined_rows(case, visible_subjects(officer, now))
    return Section("subjects", _("Subjects"), "subjects/_section.html", {"joined": joined, "works": works})
