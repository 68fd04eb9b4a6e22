"""Where else an identifier is named: what the officer may see, and apart from it what other desks hold.

What others hold is asked by one verb alone (`services.ask_others`); no page reads it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.intake.indicators import ACCOUNT, named_in
from kavalan.casework.intake.models import Indicator, Naming, Report
from kavalan.casework.intake.rules import PersonRole
from kavalan.casework.triage.models import PossibleMinor
from kavalan.identifiers import Kind
from kavalan.tips import Passage, Tip

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer

MOST_INDICATORS = 50
"""Identifiers of a report that its page names; the others are counted."""
MOST_REPORTS = 5
"""Reports that are named for each identifier; the others are counted."""
_READ = 2000
_PROTECTED = (PersonRole.VICTIM, PersonRole.REPORTER)


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A value of a kind, in the form in which they are compared."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Seen:
    """An identifier that a report names, and the other reports open to the officer that name it.

    Attributes:
        identifier: which.
        may_ask: other units may be asked about it; they may not where it is of a child or of who reports in confidence.
        reports: the newest of them.
        more: how many others.
    """

    identifier: Identifier
    may_ask: bool
    reports: Sequence[Report]
    more: int


def told_to_others() -> Q:
    """A condition on `Naming`: other units may be told of it, and asked about it.

    Nothing that identifies a child, or who reports in confidence, and nothing of a report that is in the child lane:
    one in which somebody who was reported may be a child.
    """
    child_lane = PossibleMinor.objects.filter(report=OuterRef("report"), ended_at__isnull=True)
    theirs = Q(person__identity__isnull=False) | Q(person__role__in=_PROTECTED)
    return ~theirs & ~Q(Exists(child_lane))


def seen_before(officer: Officer, report: Report, now: datetime) -> tuple[list[Seen], int]:
    """What the report names and where else the officer sees it, and how many identifiers are not listed."""
    named = report.namings.select_related("indicator").order_by("-strong", "indicator__kind", "indicator__value")
    open_ones = set(report.namings.filter(told_to_others()).values_list("indicator_id", flat=True))
    indicators = list(dict.fromkeys(naming.indicator for naming in named[:_READ]))
    listed = indicators[:MOST_INDICATORS]
    elsewhere = _elsewhere(officer, listed, report, now)
    return [
        Seen(
            Identifier(one.kind, one.value),
            one.pk in open_ones,
            (found := elsewhere.get(one.pk, []))[:MOST_REPORTS],
            max(len(found) - MOST_REPORTS, 0),
        )
        for one in listed
    ], len(indicators) - len(listed)


def seen_of(officer: Officer, identifiers: Collection[Identifier], now: datetime) -> list[Report]:
    """The reports open to the officer that name one of them, the newest first."""
    there = Naming.objects.filter(_any_of(identifiers), visible(Report, officer, now, "report_id"))
    return list(
        Report.objects.filter(pk__in=there.values("report")).select_related("desk__unit").order_by("-pk")[:_READ]
    )


def held_elsewhere(officer: Officer, identifiers: Collection[Identifier], now: datetime, most: int) -> list[Naming]:
    """Where reports that the officer does not see name them, as far as others may be told; asked within a verb."""
    there = Naming.objects.filter(_any_of(identifiers), told_to_others())
    hidden = there.exclude(visible(Report, officer, now, "report_id"))
    return list(hidden.select_related("indicator", "report__desk__unit").order_by("-report_id", "pk")[:most])


def identifiers_in(text: str, service: str = "") -> list[Identifier]:
    """What was typed, in the form in which identifiers are compared (`intake.indicators`).

    Args:
        text: telephone numbers, addresses, digests, links; with a service, the id or name of one account there.
        service: whose account it is.
    """
    if service.strip():
        said = f"{service.strip().casefold()} {text.strip()}"[:400]
        return [Identifier(ACCOUNT, said), Identifier(str(Kind.HANDLE), said)]
    named, _ = named_in(Tip(form="typed", passages=(Passage("", text),)))
    return sorted({Identifier(str(one.kind), one.value) for one in named})


def _any_of(identifiers: Collection[Identifier]) -> Q:
    wanted = Q(pk__in=())
    for one in identifiers:
        wanted |= Q(indicator__kind=one.kind, indicator__value=one.value)
    return wanted


def _elsewhere(
    officer: Officer, indicators: Collection[Indicator], report: Report, now: datetime
) -> dict[int, list[Report]]:
    there = Naming.objects.filter(visible(Report, officer, now, "report_id"), indicator__in=indicators)
    found: dict[int, dict[int, Report]] = {}
    for naming in there.exclude(report=report).select_related("report__desk__unit").order_by("-report_id")[:_READ]:
        found.setdefault(naming.indicator_id, {})[naming.report_id] = naming.report
    return {indicator: list(reports.values()) for indicator, reports in found.items()}
