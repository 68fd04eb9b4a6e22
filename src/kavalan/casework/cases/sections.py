"""The sections of a case's page, in the order in which a newcomer reads them.

A room adds itself here with one line: a `Provider` of its own, in a module that imports `cases.section`, not this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.cases.parts_sections import exhibits_section, reports_section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case
    from kavalan.casework.cases.section import Provider, Section

SECTIONS: Sequence[Provider] = (
    # What is next to do.
    # External numbers.
    reports_section,
    exhibits_section,
    # Subjects, operations.
    # Notes, timeline.
    # Papers, related cases, history.
)


def sections_of(officer: Officer, case: Case, now: datetime) -> list[Section]:
    """What every room says of a case to an officer who may see it."""
    return [section for provider in SECTIONS if (section := provider(officer, case, now)) is not None]
