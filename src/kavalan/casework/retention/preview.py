"""Exactly what a purge would remove and what stays: what two people decide about."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.ledger.words import kind_words
from kavalan.casework.retention.content import content_of
from kavalan.casework.retention.falling import due_among
from kavalan.casework.retention.holding import holds_of
from kavalan.casework.retention.rules import MOST_AT_ONCE, Held

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.intake.models import Desk
    from kavalan.casework.retention.schedules import Schedule
    from kavalan.casework.vault.models import Kept
    from kavalan.ledger import Payload


@dataclass(frozen=True, slots=True)
class Line:
    """What goes with one report.

    Attributes:
        report: which.
        rows: how many of each kind go, by the model's name.
        hashes: files of which the hashes go.
        blobs: that the vault destroys.
        sealed: how many sealed names go.
        original: whether the delivery's original goes with it; it stays while another report of it does.
        holds: why nothing of it goes.
    """

    report: Report
    rows: Sequence[tuple[str, int]]
    hashes: int
    blobs: Sequence[Kept]
    sealed: int
    original: bool
    holds: Sequence[Held]

    @property
    def told(self) -> list[tuple[str, int]]:
        """The kinds of rows in words."""
        return [(kind_words(name), count) for name, count in self.rows]


@dataclass(frozen=True, slots=True)
class Preview:
    """A purge before it is decided."""

    schedule: Schedule
    lines: Sequence[Line]

    @property
    def held(self) -> list[Line]:
        """What something holds: while there is any, the purge is not asked for."""
        return [line for line in self.lines if line.holds]

    @property
    def totals(self) -> list[tuple[str, int]]:
        """All rows that go, by kind, in words."""
        counted: Counter[str] = Counter()
        for line in self.lines:
            counted.update(dict(line.rows))
        return [(kind_words(name), count) for name, count in sorted(counted.items())]

    @property
    def blobs(self) -> int:
        """How many blobs go."""
        return sum(len(line.blobs) for line in self.lines)

    @property
    def payload(self) -> Payload:
        """What a grant is bound to: these reports, and all of what goes with each."""
        said = [
            [
                str(line.report.public_id),
                [list(row) for row in line.rows],
                line.hashes,
                [str(one.public_id) for one in line.blobs],
                line.sealed,
                line.original,
            ]
            for line in self.lines
        ]
        return {
            "schedule": self.schedule.id,
            "of": self.schedule.of.value,
            "reports": [str(line.report.public_id) for line in self.lines],
            "content": hashlib.sha256(json.dumps(said).encode()).hexdigest(),
        }


def preview_of(desk: Desk, schedule: Schedule, wanted: Collection[UUID], now: datetime) -> Preview:
    """What would go with these reports of a desk, and what holds them now; what does not fall due yet is held by that.

    Raises:
        RefusedError: they are none or too many, or one is not of this desk.
    """
    chosen = frozenset(wanted)
    if not 1 <= len(chosen) <= MOST_AT_ONCE:
        raise RefusedError("Choose at least one report, and %(most)s at most.", most=MOST_AT_ONCE)
    rows = Report.objects.filter(desk=desk, public_id__in=chosen).select_related("delivery")
    reports = list(rows.order_by("pk"))
    if len(reports) != len(chosen):
        raise RefusedError("One of them is not of this desk.")
    holds, beside = holds_of(reports, schedule.of), {report.pk for report in reports}
    due = due_among(desk, schedule, now, reports)
    why = {one: [*holds.get(one, []), *([] if one in due or one in holds else [Held.EARLY])] for one in beside}
    return Preview(schedule, [_line(report, schedule, beside, why[report.pk]) for report in reports])


def _line(report: Report, schedule: Schedule, beside: Collection[int], holds: Sequence[Held]) -> Line:
    content = content_of(report, schedule.of, beside)
    counted = sorted((model._meta.model_name, len(numbers)) for model, numbers in content.reach.goes.items() if numbers)
    return Line(
        report=report,
        rows=[(name or "", count) for name, count in counted],
        hashes=len(content.files),
        blobs=content.blobs,
        sealed=len(content.sealed),
        original=content.delivery is not None,
        holds=[*holds, *([Held.ELSEWHERE] if content.reach.elsewhere else [])],
    )
