"""The sections of a case's page, in the order in which a newcomer reads them.

A room adds itself here with one line: a `Provider` of its own, in a module that imports `cases.section`, not this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.cases.own_sections import (
    law_section,
    markings_section,
    numbers_section,
    papers_section,
    people_section,
    stages_section,
)
from kavalan.casework.cases.parts_sections import contents_section, exhibits_section, reports_section
from kavalan.casework.cases.work_sections import beside_section, next_section, notes_section, timeline_section
from kavalan.casework.insight.sections import safeguarded_section
from kavalan.casework.operations.case_section import operations_section
from kavalan.casework.subjects.section import subjects_section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case
    from kavalan.casework.cases.section import Provider, Section

SECTIONS: Sequence[Provider] = (
    stages_section,
    next_section,
    law_section,
    numbers_section,
    reports_section,
    exhibits_section,
    contents_section,
    subjects_section,
    safeguarded_section,
    operations_section,
    notes_section,
    timeline_section,
    papers_section,
    beside_section,
    people_section,
    markings_section,
)


def sections_of(officer: Officer, case: Case, now: datetime) -> list[Section]:
    """What every room says of a case to an officer who may see it."""
    return [section for provider in SECTIONS if (section := provider(officer, case, now)) is not None]
