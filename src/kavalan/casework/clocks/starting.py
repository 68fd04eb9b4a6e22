"""The time limits that begin because a report was taken in: begun in bulk, with the reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.accounts.models import Unit
from kavalan.casework.accounts.unit_kinds import UnitKind
from kavalan.casework.bulk import Prepared
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.rules import Event, counted, limits_of
from kavalan.casework.intake.rules import Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kavalan.casework.intake.models import Report

_REFERRALS: Final = frozenset({Form.CYBERTIPLINE, Form.BUNDLE, Form.PRINT})
"""What NCMEC received on the day that the tip says: from then on the platform keeps what it reported."""


def start_for(reports: Sequence[Report], at: datetime) -> int:
    """Begin what the law sets for reports that were just taken in; part of the verb or step that takes them in.

    Each report has its own, whatever else resembles it. A limit runs only where it binds the kind of the desk's unit.
    There is no entry of the ledger for each: what takes them in says that it did. Two questions to the database for two
    hundred reports.

    Args:
        reports: saved, of one desk or several.
        at: aware UTC.

    Returns:
        How many were begun; the models of the step must list `Clock`.
    """
    kinds = dict(Unit.objects.filter(desk__in={report.desk_id for report in reports}).values_list("desk", "kind"))
    begun = [clock for report in reports for clock in _begun(report, UnitKind(kinds[report.desk_id]), at)]
    Prepared(Clock, begun).insert()
    return len(begun)


def _begun(report: Report, kind: UnitKind, at: datetime) -> Iterator[Clock]:
    for event, moment in _events(report):
        # What lies ahead was mistyped or made up; a date that a sender has wrong begins nothing.
        for limit in limits_of(event, moment, kind) if moment <= at else ():
            yield Clock(
                name=limit.id,
                version=limit.since,
                report=report,
                started_at=moment,
                due_at=counted(limit, moment, at).at,
                recorded_at=at,
            )


def _events(report: Report) -> Iterator[tuple[Event, datetime]]:
    yield Event.INFORMATION, report.arrived_at
    if report.form in _REFERRALS and report.received_at is not None:
        yield Event.PLATFORM_REPORTED, report.received_at
