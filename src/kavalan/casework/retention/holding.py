"""Why reports are not purged, for many at once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kavalan.casework.clocks.models import Clock
from kavalan.casework.intake.rules import Standing
from kavalan.casework.retention.models import Challenge, Hold, Tombstone
from kavalan.casework.retention.rules import Held
from kavalan.casework.retention.schedules import Of
from kavalan.casework.triage.models import Urgent
from kavalan.law import packaged_law

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kavalan.casework.intake.models import Report


def holds_of(reports: Sequence[Report], of: Of) -> Mapping[int, list[Held]]:
    """Why each of them is not purged now, by its number; it is absent where nothing holds it. Six questions.

    Args:
        reports: of which.
        of: what would be purged of them: a reporter's data also where another unit works with the report.
    """
    found: dict[int, list[Held]] = defaultdict(list)
    for why, numbers in _reasons(reports, of):
        for number in sorted(set(numbers)):
            found[number].append(why)
    return found


def _reasons(reports: Sequence[Report], of: Of) -> Iterator[tuple[Held, Sequence[int]]]:
    here = [report.pk for report in reports]
    yield Held.OPEN, [one.pk for one in reports if one.standing in {Standing.OPEN, Standing.TAKEN}]
    if of != Of.REPORTER:
        yield Held.HANDED_OVER, [one.pk for one in reports if one.standing == Standing.HANDED_OVER]
    urgent = Urgent.objects.filter(report__in=here, acknowledged_at__isnull=True)
    yield Held.URGENT, list(urgent.values_list("report", flat=True))
    # A horizon binds nobody here.
    duties = [name for name, versions in packaged_law().clocks.items() if versions[-1].nature == "duty"]
    running = Clock.objects.filter(report__in=here, name__in=duties, met_at__isnull=True, dismissed_at__isnull=True)
    yield Held.CLOCK, list(running.filter(corrected_by__isnull=True).values_list("report", flat=True))
    held = Hold.objects.filter(report__in=here, lifted_at__isnull=True)
    yield Held.HOLD, list(held.values_list("report", flat=True))
    asked = Challenge.objects.filter(report__in=here, decision="")
    yield Held.CHALLENGE, list(asked.values_list("report", flat=True))
    gone = Tombstone.objects.filter(report__in=here, purge__of__in={Of.REPORT, of})
    yield Held.PURGED, list(gone.values_list("report", flat=True))
