"""What falls due at a desk, and by which row of the schedules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypedDict

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from kavalan.casework.intake.models import Person, Report, ReportFile
from kavalan.casework.intake.rules import PersonRole, Standing
from kavalan.casework.retention.content import unmatched
from kavalan.casework.retention.holding import holds_of
from kavalan.casework.retention.models import Tombstone
from kavalan.casework.retention.rules import MOST_AT_ONCE
from kavalan.casework.retention.schedules import Of
from kavalan.casework.triage.models import Move

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from django.db.models import QuerySet
    from django_stubs_ext import WithAnnotations

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.retention.rules import Held
    from kavalan.casework.retention.schedules import Schedule

COUNTED: Final = 1000


class _Moved(TypedDict):
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class Falls:
    """A report that falls due, since when, and what holds it."""

    report: Report
    since: datetime
    holds: Sequence[Held]


@dataclass(frozen=True, slots=True)
class DuePage:
    """Some of them, the oldest first, and behind which number more follow."""

    rows: Sequence[Falls]
    after: int | None


def due_page(desk: Desk, schedule: Schedule, now: datetime, after: int = 0) -> DuePage:
    """A page of what falls due at a desk by a row, behind that number."""
    rows = list(_due(desk, schedule, now).filter(pk__gt=after).order_by("pk")[: MOST_AT_ONCE + 1])
    some = rows[:MOST_AT_ONCE]
    holds = holds_of(some, schedule.of)
    found = [Falls(one, one.moved_at + schedule.length, holds.get(one.pk, [])) for one in some]
    return DuePage(found, some[-1].pk if len(rows) > MOST_AT_ONCE else None)


def due_count(desk: Desk, schedule: Schedule, now: datetime) -> int:
    """How many fall due at a desk by a row, `COUNTED` at most."""
    return _due(desk, schedule, now).order_by()[:COUNTED].count()


def due_among(desk: Desk, schedule: Schedule, now: datetime, reports: Collection[Report]) -> set[int]:
    """The numbers of those of these reports that fall due at a desk by a row."""
    rows = _due(desk, schedule, now).filter(pk__in=[report.pk for report in reports])
    return set(rows.values_list("pk", flat=True))


def _due(desk: Desk, schedule: Schedule, now: datetime) -> QuerySet[WithAnnotations[Report, _Moved]]:
    # One that was handed over is the other unit's to keep; who reported it to this one need not stay here.
    ended = [Standing.SET_ASIDE, *([Standing.HANDED_OVER] if schedule.of == Of.REPORTER else [])]
    moves = Move.objects.filter(report=OuterRef("pk")).order_by("-pk").values("at")[:1]
    gone = Tombstone.objects.filter(report=OuterRef("pk"), purge__of__in=[Of.REPORT, schedule.of])
    rows = Report.objects.filter(~Exists(gone), _has(schedule.of), desk=desk, standing__in=ended)
    return rows.annotate(moved_at=Coalesce(Subquery(moves), F("entered_at"))).filter(
        moved_at__lte=now - schedule.length
    )


def _has(of: Of) -> Q:
    match of:
        case Of.REPORTER:
            return Q(Exists(Person.objects.filter(report=OuterRef("pk"), role=PersonRole.REPORTER)))
        case Of.HASHES:
            return Q(Exists(unmatched(ReportFile.objects.filter(report=OuterRef("pk")))))
    return Q()
