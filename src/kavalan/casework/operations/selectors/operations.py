"""Operations, and what stands on their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.models import Case
from kavalan.casework.cases.places import districts
from kavalan.casework.cases.rules import Marking, narrowest
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.operations.figures import DISTRICT_FIGURES
from kavalan.casework.operations.models import ClosingReport, Operation, OperationCase, SiteEntry
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.selectors.counting import counted_by_district

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.operations.figures import Counts, Figure

OPERATIONS_A_PAGE = 50
NEWEST = 10


@dataclass(frozen=True, slots=True)
class OperationPage:
    """One page of operations, the newest first, and the one before which the next page begins."""

    operations: Sequence[Operation]
    before: UUID | None


@dataclass(frozen=True, slots=True)
class Line:
    """A district's line of the board: its counts in the order of `figures.DISTRICT_FIGURES`."""

    district: str
    name: str
    counts: Sequence[int]

    @property
    def told(self) -> list[tuple[Figure, int]]:
        """Each figure with its count."""
        return list(zip(DISTRICT_FIGURES, self.counts, strict=True))


@dataclass(frozen=True, slots=True)
class Board:
    """How a search day stands: a line for each district that has sites, all of them, and what was told last."""

    lines: Sequence[Line]
    all: Line
    newest: Sequence[SiteEntry]


def visible_operations(officer: Officer, now: datetime) -> QuerySet[Operation]:
    """The operations that the officer may see."""
    return Operation.objects.filter(visible(Operation, officer, now)).select_related("unit")


def operation_for(officer: Officer, public_id: UUID, now: datetime) -> Operation | None:
    """The operation, or None where it does not exist or may not be seen: one answer for both."""
    return visible_operations(officer, now).select_related("unit", "opened_by").filter(public_id=public_id).first()


def operation_page(officer: Officer, now: datetime, before: UUID | None = None) -> OperationPage:
    """A page of the operations that the officer may see, each with how many sites it has and how many were searched."""
    seen = visible_operations(officer, now)
    if before is not None:
        seen = seen.filter(pk__lt=Operation.objects.filter(public_id=before).values("pk"))
    planned = ~Q(sites__state=State.TAKEN_BACK)
    seen = seen.annotate(
        planned=Count("sites", filter=planned), searched=Count("sites", filter=Q(sites__searched_at__isnull=False))
    )
    found = list(seen.order_by("-pk")[: OPERATIONS_A_PAGE + 1])
    page = found[:OPERATIONS_A_PAGE]
    return OperationPage(page, page[-1].public_id if len(found) > OPERATIONS_A_PAGE else None)


def board_of(operation: Operation) -> Board:
    """How the search day stands; four queries for any number of districts and sites."""
    lines, everything = lines_of(counted_by_district(operation), operation.unit_id)
    return Board(lines, everything, newest_entries(operation))


def lines_of(counts: Counts, unit: int) -> tuple[list[Line], Line]:
    """A line for each district in which anything was counted, by name, and one for all of them."""
    names = districts(unit)
    there = sorted({key for each in counts.values() for key in each if key}, key=lambda key: names.get(key, key))
    lines = [Line(key, names.get(key, key), _counts(counts, key)) for key in there]
    return lines, Line("", "", _counts(counts, ""))


def closings_of(operation: Operation) -> list[ClosingReport]:
    """The closing reports of an operation, the newest first."""
    return list(operation.closings.select_related("made_by").order_by("-number"))


def closing_for(officer: Officer, public_id: UUID, now: datetime) -> ClosingReport | None:
    """A closing report, or None where there is none or its operation may not be seen: one answer for both."""
    seen = ClosingReport.objects.filter(visible(Operation, officer, now, "operation_id"), public_id=public_id)
    return seen.select_related("operation__unit", "made_by").first()


def marking_of(operation: Operation) -> Marking:
    """Who may be told of an operation as a whole: as of the narrowest of its cases, and no wider than its units."""
    marks = operation.joined.filter(ended_at__isnull=True).values_list("case__marking", flat=True)
    return narrowest(marks, Marking.AMBER_STRICT)


def joined_for(officer: Officer, public_id: UUID, now: datetime) -> OperationCase | None:
    """A case of an operation, where both may be seen; None else."""
    there = visible(Operation, officer, now, "operation_id"), visible(Case, officer, now, "case_id")
    found = OperationCase.objects.filter(*there, public_id=public_id)
    return found.select_related("operation__unit", "operation__opened_by").first()


def newest_entries(operation: Operation) -> list[SiteEntry]:
    """What officers told last, without the planning; corrected ones too."""
    told = SiteEntry.objects.filter(site__operation=operation).exclude(what=State.PLANNED)
    return list(told.select_related("site", "entered_by", "corrected_by").order_by("-pk")[:NEWEST])


def joined_cases(operation: Operation, officer: Officer, now: datetime) -> tuple[list[OperationCase], int]:
    """The operation's cases that are open to the officer, and how many others it has."""
    rows = operation.joined.filter(ended_at__isnull=True)
    seen = rows.filter(case__in=visible_cases(officer, now).order_by().values("pk"))
    shown = list(seen.select_related("case__unit").order_by("case__district", "pk"))
    return shown, rows.count() - len(shown)


def cases_to_add(operation: Operation, officer: Officer, now: datetime) -> list[Case]:
    """Open cases of the officer that are not in the operation, the newest first."""
    there = operation.joined.filter(ended_at__isnull=True).values("case")
    found = visible_cases(officer, now).filter(over_at__isnull=True, merged_into__isnull=True).exclude(pk__in=there)
    return list(found.order_by("-pk")[:200])


def operations_of(case: Case, officer: Officer, now: datetime) -> QuerySet[Operation]:
    """The operations that a case is in, as far as the officer may see them."""
    return visible_operations(officer, now).filter(joined__case=case, joined__ended_at__isnull=True).order_by("-pk")


def _counts(counts: Counts, district: str) -> list[int]:
    return [counts.get(figure.id, {}).get(district, 0) for figure in DISTRICT_FIGURES]
