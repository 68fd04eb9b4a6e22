"""What can be found of reports: what they tell in clear; what is sealed stands in none of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kavalan.casework.intake.models import Naming, Report
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.rules import Said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_MOST_NAMINGS = 500
_LONGEST = 20_000


def report_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Reports with those of whom they speak as told and unsealed; those that were purged are not found."""
    # What was purged has no digest any more.
    reports = Report.objects.filter(pk__in=numbers).exclude(digest=b"").select_related("desk__unit")
    named = _named(numbers)
    for report in reports.only("public_id", "reference", "sender", "sender_number", "form", "tip", "desk__unit__name"):
        identifiers = sorted(named[report.pk])
        yield Draft(
            number=report.pk,
            address=report.public_id,
            placed=("intake.report", report.pk),
            title=report.reference,
            note=f"{report.desk.unit}: {report.sender}" if report.sender else str(report.desk.unit),
            lines=[
                (Said.NUMBER, report.sender_number),
                (Said.SENDER, report.sender),
                *_of_tip(report.tip),
                (Said.NAMED, "; ".join(value for _, value in identifiers)),
            ],
            wholes=[report.reference, *filter(None, [report.sender_number])],
            named=identifiers,
        )


def _named(numbers: Collection[int]) -> dict[int, set[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    rows = Naming.objects.filter(report__in=numbers).order_by("-strong")
    for report, kind, value in rows.values_list("report", "indicator__kind", "indicator__value"):
        if len(found[report]) < _MOST_NAMINGS:
            found[report].add((kind, value))
    return found


def _of_tip(tip: dict[str, Any]) -> Iterator[tuple[Said, str]]:
    """A tip as plain values, in which pseudonyms stand for what is sealed."""
    for key in ("incident", "platform", "escalation"):
        yield Said.TEXT, str(tip.get(key, ""))
    for person in tip.get("persons", ()):
        account = person.get("account", {})
        told = [person.get("name"), account.get("screen_name"), *account.get("shown_names", ())]
        told += [*person.get("emails", ()), *person.get("phones", ()), *person.get("addresses", ())]
        yield Said.PERSON, ", ".join(filter(None, told))
        yield Said.TEXT, str(person.get("profile", ""))
    yield from ((Said.TEXT, _under(one)[:_LONGEST]) for one in tip.get("passages", ()))
    yield from ((Said.PLACE, str(one.get("where", ""))) for one in tip.get("places", ()))


def _under(passage: dict[str, Any]) -> str:
    return ": ".join(filter(None, (passage.get("heading"), passage.get("text"))))
