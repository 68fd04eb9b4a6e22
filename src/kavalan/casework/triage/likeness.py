"""What is the same report and what is about the same account: said beside reports, and nothing folded away."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Min, OuterRef, Q

from kavalan.casework.bulk import save_each
from kavalan.casework.intake.models import Naming, Report
from kavalan.casework.intake.rules import PersonRole
from kavalan.casework.triage.models import Bundle, Bundled, Duplicate, PossibleMinor
from kavalan.casework.triage.rules import ACCOUNT_KINDS, OF_THE_CLEARING_HOUSE, Because

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    Key = tuple[int, str, str]

WRITES = (Report, Duplicate, Bundle, Bundled)
"""What relating writes: a step that relates lists these."""
_AT_ONCE = 200


def relate(reports: Sequence[Report], at: datetime) -> None:
    """Mark which reports are the same as an earlier one, and bundle those about one account; part of a verb or step.

    A fixed number of queries for each two hundred: `WRITES` says what is written. `duplicate_of` is set on the reports
    as well. What a person undid stays undone.

    Args:
        reports: saved, with their namings.
        at: aware UTC.
    """
    for first in range(0, len(reports), _AT_ONCE):
        some = reports[first : first + _AT_ONCE]
        _mark_duplicates(some, at)
        bundle(some, at)


def _mark_duplicates(reports: Sequence[Report], at: datetime) -> None:
    judged = set(Duplicate.objects.filter(report__in=reports).values_list("report_id", flat=True))
    numbers, bytes_ = _firsts_by_number(reports), _firsts_by_bytes(reports)
    roots = _roots({*numbers.values(), *bytes_.values()})
    found = []
    for report in reports:
        ways = (
            (Because.NUMBER, numbers.get(_key(report))),
            (Because.BYTES, bytes_.get((report.desk_id, _bytes(report)))),
        )
        for because, first in ways:
            if first is None or report.pk in judged or (root := roots.get(first, first)) >= report.pk:
                continue
            report.duplicate_of_id = root
            found.append(Duplicate(report=report, first_id=root, because=because, found_at=at))
            # One that comes later in this batch hangs on the same first one.
            roots[report.pk] = root
            break
    Duplicate.objects.bulk_create(found)
    save_each([row.report for row in found], ["duplicate_of"])


def _bytes(report: Report) -> bytes:
    return bytes(report.digest)


def _key(report: Report) -> Key | None:
    return _number_key(report.desk_id, report.form, report.sender, report.sender_number)


def _number_key(desk: int, form: str, sender: str, number: str) -> Key | None:
    """What a number is unique within; None where there is no number, or nobody whose it is."""
    issuer = (
        "the clearing house" if form in OF_THE_CLEARING_HOUSE else f"sender {sender.strip()}" if sender.strip() else ""
    )
    return (desk, issuer, number.strip()) if issuer and number.strip() else None


def _firsts_by_number(reports: Sequence[Report]) -> Mapping[Key | None, int]:
    numbers = {report.sender_number for report in reports if report.sender_number.strip()}
    rows = Report.objects.filter(desk__in=_desks(reports), sender_number__in=numbers)
    firsts: dict[Key | None, int] = {}
    told = rows.values_list("desk_id", "form", "sender", "sender_number").annotate(first=Min("pk")).order_by()
    for desk, form, sender, number, first in told:
        if key := _number_key(desk, form, sender, number):
            firsts[key] = min(first, firsts.get(key, first))
    return firsts


def _firsts_by_bytes(reports: Sequence[Report]) -> Mapping[tuple[int, bytes], int]:
    rows = Report.objects.filter(desk__in=_desks(reports), digest__in={_bytes(report) for report in reports})
    told = rows.values_list("desk_id", "digest").annotate(first=Min("pk")).order_by()
    return {(desk, bytes(digest)): first for desk, digest, first in told}


def _roots(firsts: Collection[int]) -> dict[int, int]:
    """Of those that are duplicates themselves, the one of which they are."""
    held = Report.objects.filter(pk__in=firsts, duplicate_of__isnull=False)
    return dict(held.values_list("pk", "duplicate_of_id"))


def bundle(reports: Sequence[Report], at: datetime) -> None:
    """Put reports into the bundles of the accounts that they name as reported, as soon as a second report names one."""
    desks = {report.pk: report.desk_id for report in reports}
    named = {
        (desks[report], indicator, report) for report, indicator in _pairs(Naming.objects.filter(report__in=reports))
    }
    bundles = _bundles({(desk, indicator) for desk, indicator, _ in named})
    fresh = {indicator for desk, indicator, _ in named if (desk, indicator) not in bundles}
    if fresh:
        # Until there is a bundle, hardly any other report at the desk names the account.
        others = Naming.objects.filter(indicator__in=fresh, report__desk__in=_desks(reports))
        named |= {(desk, indicator, report) for report, indicator, desk in _pairs(others, "report__desk_id")}
        bundles = _made(named, bundles, at)
    Bundled.objects.bulk_create(
        [
            Bundled(bundle_id=bundles[desk, indicator], report_id=report, found_at=at)
            for desk, indicator, report in sorted(named)
            if (desk, indicator) in bundles
        ],
        # Whoever was taken out of it has a row already.
        ignore_conflicts=True,
    )


def countable(namings: QuerySet[Naming]) -> QuerySet[Naming]:
    """Those namings that may be counted or ranked: none of a reported person who may be a child."""
    lane = PossibleMinor.objects.filter(person=OuterRef("person"))
    inside = Exists(lane.filter(ended_at__isnull=True))
    # What came in a moment ago may not have been looked at yet.
    about_to = Q(person__isnull=False) & ~Q(person__minor="") & ~Exists(lane)
    return namings.exclude(inside | about_to)


def _pairs(namings: QuerySet[Naming], *more: str) -> QuerySet[Naming, tuple[Any, ...]]:
    """Which report names which account as that of somebody reported."""
    somebody = Q(person__isnull=True) | Q(person__role=PersonRole.REPORTED)
    found = countable(namings).filter(somebody, strong=True, indicator__kind__in=ACCOUNT_KINDS)
    return found.order_by().values_list("report_id", "indicator_id", *more).distinct()


def _bundles(keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    held = Bundle.objects.filter(desk__in={desk for desk, _ in keys}, indicator__in={one for _, one in keys})
    return {(row.desk_id, row.indicator_id): row.pk for row in held}


def _made(
    named: Collection[tuple[int, int, int]], before: Mapping[tuple[int, int], int], at: datetime
) -> dict[tuple[int, int], int]:
    """The bundles that are there, with those that two reports make necessary."""
    members = Counter((desk, indicator) for desk, indicator, _ in named)
    new = [key for key, count in sorted(members.items()) if count > 1 and key not in before]
    Bundle.objects.bulk_create(
        [Bundle(desk_id=desk, indicator_id=indicator, made_at=at) for desk, indicator in new], ignore_conflicts=True
    )
    return {**before, **_bundles(new)}


def _desks(reports: Sequence[Report]) -> set[int]:
    return {report.desk_id for report in reports}
