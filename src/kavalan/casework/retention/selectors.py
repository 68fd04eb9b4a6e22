"""What an officer may see of retention: their desks' schedules, questions, purges, and what is said of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Max, Min

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in, visible
from kavalan.casework.approvals.models import Approval
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.selectors import desks_of
from kavalan.casework.retention.approval_kinds import PURGE_REPORTS
from kavalan.casework.retention.falling import due_count
from kavalan.casework.retention.models import Challenge, Hold, KnownBackup, Purge, Tombstone
from kavalan.casework.retention.rules import ASKS
from kavalan.casework.retention.schedules import schedules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.models import Desk
    from kavalan.casework.retention.schedules import Schedule

MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the schedules, with how much falls due by it at each desk that the officer works at."""

    schedule: Schedule
    due: Sequence[tuple[Desk, int]]


def rows_for(officer: Officer, now: datetime) -> list[Row]:
    """Every row that holds today."""
    desks = list(desks_of(officer, now))
    return [
        Row(row, [(desk, due_count(desk, row, now)) for desk in desks] if row.purges else [])
        for row in schedules(now.date()).values()
    ]


def desk_for(officer: Officer, public_id: UUID, now: datetime) -> Desk | None:
    """A desk at which the officer works, or None: one answer for absent and forbidden."""
    return desks_of(officer, now).filter(public_id=public_id).first()


def may_ask(officer: Officer, desk: Desk, now: datetime) -> bool:
    """Whether the officer may ask for a purge there."""
    return bool(frozenset(ASKS) & roles_in(officer, desk.compartment_ids(), now))


def questions_at(desk: Desk, now: datetime) -> QuerySet[Approval]:
    """What was asked about purges of a desk and is neither used, refused nor lapsed, the newest first."""
    asked = Approval.objects.filter(kind=PURGE_REPORTS.name, subject=desk.public_id, used_at__isnull=True)
    standing = asked.filter(expires_at__gt=now).exclude(granted=False)
    return standing.select_related("asked_by", "answered_by").order_by("-pk")[:MOST_SHOWN]


def question_for(officer: Officer, public_id: UUID, now: datetime) -> tuple[Desk, Approval] | None:
    """A question about a purge at a desk at which the officer works, with that desk."""
    asked = Approval.objects.filter(kind=PURGE_REPORTS.name, public_id=public_id).first()
    desk = desk_for(officer, asked.subject, now) if asked else None
    return (desk, asked) if desk is not None and asked is not None else None


def purges_for(officer: Officer, now: datetime) -> QuerySet[Purge]:
    """The purges at the officer's desks, the newest first."""
    theirs = Purge.objects.filter(desk__in=desks_of(officer, now))
    return theirs.select_related("desk__unit", "job", "approval__asked_by", "approval__answered_by").order_by("-pk")


def backups_holding(purge: Purge) -> list[KnownBackup]:
    """The backups that still hold what a purge took out, the first to expire first: made since the reports came."""
    since = Report.objects.filter(tombstones__purge=purge).aggregate(first=Min("entered_at"))["first"]
    until = purge.tombstones.aggregate(last=Max("done_at"))["last"]
    if since is None:
        return []
    made = KnownBackup.objects.filter(gone_at__isnull=True, made_at__gte=since)
    return list((made.filter(made_at__lte=until) if until and purge.ended_at else made).order_by("expires_at", "pk"))


def backups(now: datetime) -> tuple[list[KnownBackup], int]:
    """The backups that are there, the first to expire first, and how many should be gone."""
    there = KnownBackup.objects.filter(gone_at__isnull=True).order_by("expires_at", "pk")
    return list(there[:MOST_SHOWN]), there.filter(expires_at__lte=now).count()


@dataclass(frozen=True, slots=True)
class OfReport:
    """What retention says of a report: who holds it, what was said against it, what was purged of it."""

    holds: Sequence[Hold]
    challenges: Sequence[Challenge]
    tombstones: Sequence[Tombstone]


def of_report(report: Report) -> OfReport:
    """All of it, the newest first."""
    return OfReport(
        list(report.holds.select_related("placed_by", "lifted_by").order_by("-pk")[:MOST_SHOWN]),
        list(report.challenges.select_related("recorded_by", "decided_by").order_by("-pk")[:MOST_SHOWN]),
        list(report.tombstones.select_related("purge").order_by("-pk")),
    )


def hold_for(officer: Officer, public_id: UUID, now: datetime) -> Hold | None:
    """A hold on a report that the officer may see."""
    seen = Hold.objects.filter(visible(Report, officer, now, "report_id"))
    return seen.select_related("report").filter(public_id=public_id).first()


def challenge_for(officer: Officer, public_id: UUID, now: datetime) -> Challenge | None:
    """A challenge about a report that the officer may see."""
    seen = Challenge.objects.filter(visible(Report, officer, now, "report_id"))
    return seen.select_related("report").filter(public_id=public_id).first()


def supervises(officer: Officer, report: Report, now: datetime) -> bool:
    """Whether the officer may lift holds there."""
    return Role.SUPERVISOR in roles_in(officer, report.compartment_ids(), now)
