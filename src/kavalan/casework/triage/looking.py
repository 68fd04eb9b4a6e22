"""The first look at reports, and every later one: in bulk, each line kept, nothing closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from django.db.models import Max

from kavalan.casework.bulk import save_each
from kavalan.casework.intake.models import Desk, Report, ReportFile
from kavalan.casework.intake.rules import Lane
from kavalan.casework.triage.lane import lane_rules
from kavalan.casework.triage.minding import minors_among
from kavalan.casework.triage.models import Answer, Assessment, PossibleMinor, RuleSet, Urgent
from kavalan.casework.triage.ruling import by_unit, read
from kavalan.tips import Tip, triage

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.tips.triage import FactName

WRITES = (Report, RuleSet, Assessment, Urgent, PossibleMinor)
"""What a look writes: a step that looks lists these."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Occasion:
    """When reports are looked at (aware UTC), and who made that necessary and why; nobody where rules or time did."""

    at: datetime
    officer: Officer | None = None
    reason: str = ""


def first_look(reports: Sequence[Report], at: datetime) -> None:
    """Look at reports that were just taken in; part of the verb or step that takes them in.

    A fixed number of queries for each two hundred, whatever they hold: `WRITES` says what is written.

    Args:
        reports: saved, with their persons and files; `lane`, the points and `unknown` are set on them as well.
        at: aware UTC.
    """
    look(reports, Occasion(at))


def look(reports: Sequence[Report], occasion: Occasion) -> None:
    """Look at reports once more: an assessment each, the newest of which their lane and points repeat."""
    for first in range(0, len(reports), _AT_ONCE):
        _look(reports[first : first + _AT_ONCE], occasion)


def _look(reports: Sequence[Report], occasion: Occasion) -> None:
    at = occasion.at
    tips = {report.pk: msgspec.convert(report.tip, Tip) for report in reports}
    minors = minors_among(reports, at)
    answers = _answers(reports)
    rules = _rules(reports, at)
    last = _last(reports)
    rows = []
    for report in reports:
        held = rules[report.desk_id]
        said = read(held.text)
        facts = triage.facts_of(
            tips[report.pk], said.values, at, answers.get(report.pk), minors.get(report.pk, frozenset())
        )
        rows.append(_row(report, held, triage.assess(facts, said), last.get(report.pk, 0) + 1, occasion))
    _raise(Assessment.objects.bulk_create(rows), at)
    save_each(reports, ["lane", "risk", "workability", "viewing", "unknown"])


def _row(report: Report, rules: RuleSet, counted: triage.Assessment, number: int, occasion: Occasion) -> Assessment:
    report.risk, report.workability = counted.risk.points, counted.workability.points
    report.viewing = counted.viewing.points
    report.unknown = counted.risk.unknown + counted.workability.unknown
    report.lane = Lane.URGENT if counted.urgent else Lane.ORDINARY
    return Assessment(
        report=report,
        number=number,
        rules=rules,
        risk=report.risk,
        workability=report.workability,
        viewing=report.viewing,
        unknown=report.unknown,
        counted=msgspec.to_builtins(counted),
        at=occasion.at,
        by=occasion.officer,
        reason=occasion.reason,
    )


def _raise(assessments: Sequence[Assessment], at: datetime) -> None:
    """Ask an officer to acknowledge each report for which a floor holds that nobody was asked about before."""
    raised: dict[int, set[str]] = {}
    open_ones = set()
    for row in Urgent.objects.filter(report__in=[one.report_id for one in assessments]):
        raised.setdefault(row.report_id, set()).update(row.floors)
        if row.acknowledged_at is None:
            open_ones.add(row.report_id)
    due_at = at + lane_rules().step[0].after
    made = []
    for one in assessments:
        floors = [held["floor"]["fact"] for held in one.counted["urgent"]]
        if new := [fact for fact in floors if fact not in raised.get(one.report_id, ())]:
            made.append(
                Urgent(
                    report_id=one.report_id,
                    desk_id=one.report.desk_id,
                    assessment=one,
                    floors=new,
                    raised_at=at,
                    due_at=due_at,
                )
            )
        elif one.report_id in open_ones:
            # What nobody has acknowledged does not leave the lane because a fact was answered otherwise.
            one.report.lane = Lane.URGENT
    Urgent.objects.bulk_create(made)


def _answers(reports: Sequence[Report]) -> Mapping[int, Mapping[FactName, bool | None]]:
    """What is known beside the tip: what its files are to the desk's lists, what a caller said, what officers said."""
    known: dict[int, list[bool | None]] = {}
    for report, answer in ReportFile.objects.filter(report__in=reports).values_list("report_id", "known"):
        known.setdefault(report, []).append(answer)
    found = {report.pk: _of_files(known.get(report.pk, ())) | report.answers for report in reports}
    for said in Answer.objects.filter(report__in=reports).order_by("pk"):
        found[said.report_id][said.fact] = said.answer
    return found


def _of_files(known: Collection[bool | None]) -> dict[str, bool | None]:
    """Known are the files where each of them is; where one was not looked for, nothing is said."""
    if not known or (None in known and False not in known):
        return {}
    return {"files_known": False not in known}


def _rules(reports: Sequence[Report], at: datetime) -> Mapping[int, RuleSet]:
    """The rules of each report's desk, by the desk's number."""
    desks = dict(Desk.objects.filter(pk__in={report.desk_id for report in reports}).values_list("pk", "unit_id"))
    rules = by_unit(set(desks.values()), at)
    return {desk: rules[unit] for desk, unit in desks.items()}


def _last(reports: Sequence[Report]) -> Mapping[int, int]:
    looks = Assessment.objects.filter(report__in=reports).values("report_id").annotate(last=Max("number"))
    return dict(looks.values_list("report_id", "last"))
