"""Saying of many reports at once that a time limit was met."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final

from kavalan.casework.access.models import Compartment, Placement
from kavalan.casework.access.selectors import visible
from kavalan.casework.access.services import place
from kavalan.casework.clocks.models import Clock, MetTogether
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.rules import INTAKE
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

MOST_TOGETHER: Final = 500
"""How many are met in one act: as many as its one entry of the ledger names."""


@house_verb("clock.meet_together")
def meet_together(act: HouseAct, *, clocks: Collection[UUID], met_at: datetime, note: str) -> Done[MetTogether]:
    """Say when and how what the law demands was done for many reports by one act, as one letter with a list.

    Args:
        act: who says so.
        clocks: public ids of time limits of one name that hang on reports and run.
        met_at: when, aware.
        note: how: to whom, under which number.

    Raises:
        RefusedError: when one of them does not run, is of another name or hangs where the actor does not work; when
            they are none or too many, the moment lies ahead or before one began, or nothing is said of how.
    """
    rows = _held(act, frozenset(clocks))
    names = {row.name for row in rows}
    if len(names) != 1:
        raise RefusedError("Time limits of one provision are met together.")
    if not max(row.started_at for row in rows) <= met_at <= act.at:
        raise RefusedError("It was met between its beginning and now.")
    together = MetTogether.objects.create(
        name=names.pop(),
        met_at=met_at.astimezone(UTC),
        note=required(note, "Say how: to whom, under which number."),
        said_by=act.officer,
        said_at=act.at,
    )
    _place(together, rows)
    Clock.objects.filter(pk__in=[row.pk for row in rows]).update(
        met_at=together.met_at, met_by=act.officer, met_note=together.note, together=together
    )
    return Done(
        together,
        {
            "limit": together.name,
            "met_at": together.met_at.isoformat(),
            "note": together.note,
            "clocks": [str(row.public_id) for row in rows],
            "late": [str(row.public_id) for row in rows if row.due_at is not None and together.met_at >= row.due_at],
        },
    )


def _held(act: HouseAct, wanted: frozenset[UUID]) -> list[Clock]:
    if not 1 <= len(wanted) <= MOST_TOGETHER:
        raise RefusedError("Choose at least one report, and %(most)s at most.", most=MOST_TOGETHER)
    runs = {"met_at__isnull": True, "dismissed_at__isnull": True, "corrected_by__isnull": True}
    works = visible(Report, act.officer, act.at, "report_id", INTAKE)
    rows = Clock.objects.select_for_update(of=("self",)).filter(works, public_id__in=wanted, **runs)
    held = list(rows.order_by("pk"))
    if len(held) != len(wanted):
        raise RefusedError("One of them does not run any more, or is not yours to keep: look at the list again.")
    return held


def _place(together: MetTogether, rows: list[Clock]) -> None:
    """Where the reports lie: who oversees one of them reads the entry."""
    reports = Placement.objects.filter(kind=Report._meta.label_lower, object_id__in=[row.report_id for row in rows])
    for room in Compartment.objects.filter(pk__in=reports.values("compartment")):
        place(together, room)
