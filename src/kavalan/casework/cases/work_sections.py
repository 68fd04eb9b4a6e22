"""The sections of a case's page that tell of the work on it: tasks, notes, what happened, other cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.cases.notes import notes_of
from kavalan.casework.cases.relations import relations_of
from kavalan.casework.cases.section import MOST_ROWS, Section
from kavalan.casework.cases.services.notes import WRITES
from kavalan.casework.cases.tasks import open_tasks
from kavalan.casework.cases.timeline import timeline_of

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case


def next_section(officer: Officer, case: Case, now: datetime) -> Section:
    """What is to be done next."""
    del officer  # who sees the case sees its tasks
    found = list(open_tasks(case, now)[: MOST_ROWS + 1])
    context = {"tasks": found[:MOST_ROWS], "more": len(found) > MOST_ROWS, "now": now}
    return Section("next", _("What is next"), "cases/_next.html", context)


def notes_section(officer: Officer, case: Case, now: datetime) -> Section:
    """The newest notes."""
    found = list(notes_of(officer, case, now)[: MOST_ROWS + 1])
    writes = case.merged_into_id is None and bool(roles_in(officer, [case.compartment_id], now) & WRITES)
    context = {"notes": found[:MOST_ROWS], "more": len(found) > MOST_ROWS, "writes": writes}
    return Section("notes", _("Notes"), "cases/_notes.html", context)


def timeline_section(officer: Officer, case: Case, now: datetime) -> Section:
    """What happened last."""
    page = timeline_of(officer, case, now, most=MOST_ROWS)
    return Section("timeline", _("What happened"), "cases/_timeline.html", {"page": page})


def beside_section(officer: Officer, case: Case, now: datetime) -> Section:
    """The cases beside it."""
    found = relations_of(officer, case, now, MOST_ROWS)
    return Section("beside", _("Cases beside it"), "cases/_beside.html", {"relations": found})
