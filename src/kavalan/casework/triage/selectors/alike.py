"""What resembles a report, and in what each differs: nothing of any of them is left out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from django.db.models import Prefetch, Q

from kavalan.casework.clocks.models import Clock
from kavalan.casework.identities.models import SealedVersion
from kavalan.casework.intake.models import Person, Report, ReportFile
from kavalan.casework.intake.selectors import visible_reports
from kavalan.casework.triage.models import Bundled, Duplicate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

Row = TypeVar("Row", Person, ReportFile, Clock)

MOST_SHOWN: Final = 50
"""Reports that are named of one sort; the others are counted."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What a report says that the first one does not.

    Attributes:
        persons: of whom it alone speaks, victims first.
        files: that it alone brings or names.
        clocks: that run for it: each report has its own.
    """

    persons: Sequence[Person]
    files: Sequence[ReportFile]
    clocks: Sequence[Clock]


@dataclass(frozen=True, slots=True)
class Same:
    """A report that is the same one, in which it differs, and the mark that a person may undo."""

    mark: Duplicate
    report: Report
    differences: Differences


@dataclass(frozen=True, slots=True)
class Shared:
    """A bundle in which a report lies or lay: the account, the row of the report, the others."""

    bundled: Bundled
    others: Sequence[Report]
    more: int


@dataclass(frozen=True, slots=True)
class Alike:
    """All that resembles a report.

    Attributes:
        mark: that it is another's duplicate, standing or undone.
        own: in what it differs from that one.
        duplicates: of it.
        bundles: by account.
        related: other reports with a file of the same digest.
        more_related: beyond those.
    """

    mark: Duplicate | None
    own: Differences | None
    duplicates: Sequence[Same]
    bundles: Sequence[Shared]
    related: Sequence[Report]
    more_related: int


def alike(officer: Officer, report: Report, now: datetime) -> Alike:
    """What resembles the report, as far as the officer may see it."""
    seen = visible_reports(officer, now)
    mark = Duplicate.objects.filter(report=report, first__in=seen).select_related("first", "changed_by").first()
    marks = Duplicate.objects.filter(first=report, report__in=seen).select_related("report", "changed_by")
    related = _related(report, seen)
    return Alike(
        mark,
        differences([report], mark.first)[report.pk] if mark else None,
        _same(report, list(marks.order_by("pk")[:MOST_SHOWN])),
        _bundles(report, seen),
        list(related.order_by("-pk")[:MOST_SHOWN]),
        max(related.count() - MOST_SHOWN, 0),
    )


def duplicate_for(officer: Officer, public_id: UUID, now: datetime) -> Duplicate | None:
    """One mark, or None where there is none or its report may not be seen."""
    seen = visible_reports(officer, now)
    return Duplicate.objects.filter(public_id=public_id, report__in=seen).select_related("report").first()


def bundled_for(officer: Officer, public_id: UUID, now: datetime) -> Bundled | None:
    """One report's place in a bundle, or None where there is none or the report may not be seen."""
    seen = visible_reports(officer, now)
    return Bundled.objects.filter(public_id=public_id, report__in=seen).select_related("report").first()


def differences(reports: Collection[Report], first: Report) -> Mapping[int, Differences]:
    """What each report says that the first one does not; a fixed number of queries.

    A sealed name is the same one where it is sealed alike; whatever cannot be told apart for sure is shown.
    """
    every = [first, *reports]
    persons = _by_report(Person.objects.filter(report__in=every).order_by("pk"))
    files = _by_report(ReportFile.objects.filter(report__in=every).order_by("pk"))
    clocks = _by_report(Clock.objects.filter(report__in=every, corrected_by__isnull=True).order_by("due_at", "pk"))
    sealed = _sealed([one for some in persons.values() for one in some])
    known = {_person(one, sealed) for one in persons.get(first.pk, ())}
    known_files = {_file(one) for one in files.get(first.pk, ())}
    return {
        report.pk: Differences(
            sorted(
                (one for one in persons.get(report.pk, ()) if _person(one, sealed) not in known),
                key=lambda one: one.role != "victim",
            ),
            [one for one in files.get(report.pk, ()) if _file(one) not in known_files],
            clocks.get(report.pk, []),
        )
        for report in reports
    }


def _same(first: Report, marks: Sequence[Duplicate]) -> list[Same]:
    found = differences([mark.report for mark in marks], first)
    return [Same(mark, mark.report, found[mark.report_id]) for mark in marks]


def _bundles(report: Report, seen: QuerySet[Report]) -> list[Shared]:
    there = Prefetch("bundle__bundled", Bundled.objects.filter(in_force=True, report__in=seen).select_related("report"))
    rows = Bundled.objects.filter(report=report).select_related("bundle__indicator", "changed_by", "report")
    found = []
    for row in rows.prefetch_related(there).order_by("pk"):
        others = [one.report for one in row.bundle.bundled.all() if one.report_id != report.pk]
        found.append(Shared(row, others[:MOST_SHOWN], max(len(others) - MOST_SHOWN, 0)))
    return found


def _related(report: Report, seen: QuerySet[Report]) -> QuerySet[Report]:
    """Other reports with a file whose bytes are said or measured to be the same."""
    files = list(report.files.values_list("md5", "sha256"))
    md5 = [bytes(one) for one, _ in files if one is not None]
    sha256 = [bytes(one) for _, one in files if one is not None]
    same = ReportFile.objects.filter(Q(md5__in=md5) | Q(sha256__in=sha256)).values("report")
    return seen.filter(pk__in=same).exclude(pk=report.pk)


def _by_report(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row.report_id is not None:
            found.setdefault(row.report_id, []).append(row)
    return found


def _sealed(persons: Collection[Person]) -> Mapping[int, bytes]:
    """By which a sealed name is known again in its compartment, by the identity's number."""
    versions = SealedVersion.objects.filter(identity__in=[one.identity_id for one in persons if one.identity_id])
    return {identity: bytes(same) for identity, same in versions.order_by("number").values_list("identity_id", "same")}


def _person(person: Person, sealed: Mapping[int, bytes]) -> tuple[str, bytes | str]:
    if person.identity_id is not None:
        return person.role, sealed.get(person.identity_id, b"")
    return person.role, json.dumps(person.told, sort_keys=True)


def _file(file: ReportFile) -> tuple[bytes, bytes, str]:
    """A digest tells a file; without one, all that is said of it."""
    md5, sha256 = bytes(file.md5 or b""), bytes(file.sha256 or b"")
    return md5, sha256, "" if md5 or sha256 else json.dumps(file.told, sort_keys=True)
