"""What an officer may see of routing: their unit's tables, what goes from and to their desks, who asked whom."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from kavalan.casework.access.selectors import visible
from kavalan.casework.intake.models import Desk, Report
from kavalan.casework.intake.selectors import desks_of
from kavalan.casework.routing.models import Asked, Inquiry, IssuedLetter, OwnTable, Transfer
from kavalan.casework.routing.responsible import places_named, row_of
from kavalan.casework.routing.tables import Directory, Table, directory, packaged_table, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import F, QuerySet

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.routing.tables import Place, Term

MOST_SHOWN = 100
PACKAGED = "Kavalan"
"""What the packaged table is called where a row is named."""


def own_tables(unit: int) -> QuerySet[OwnTable]:
    """The tables of a unit, by its number, the one in force first."""
    return OwnTable.objects.filter(unit=unit).select_related("taken_by").order_by("-version")


def offices_for(unit: int) -> Directory:
    """The packaged table, and over it the unit's own that is in force."""
    own = own_tables(unit).first()
    return directory((PACKAGED, packaged_table()), (own.label, _read(own.text)) if own else None)


def term_of(unit: int, row: str) -> Term | None:
    """What a row said that a transfer rests on, in whichever version of the tables; None where it rests on none."""
    tables = [(PACKAGED, packaged_table()), *((own.label, _read(own.text)) for own in own_tables(unit))]
    for name, table in tables:
        for office in table.office:
            for term in office.term:
                if row_of(name, office, term) == row:
                    return term
    return None


def places_in(report: Report, offices: Directory) -> list[Place]:
    """The places that a report names where it speaks of addresses: a guess from words, the narrowest first."""
    return places_named(offices, _told_places(report.tip))


def transfers_of(report: Report, officer: Officer, now: datetime) -> list[Transfer]:
    """Where the report went or was offered, the newest first, as far as it concerns the officer's desks or theirs."""
    rows = _transfers(officer, now).filter(report=report)
    return list(rows.order_by("-pk")[:MOST_SHOWN])


def transfers_for(officer: Officer, now: datetime) -> list[Transfer]:
    """What was offered by and to the officer's desks, open ones first."""
    return list(_transfers(officer, now).order_by(F("ended_at").desc(nulls_first=True), "-pk")[:MOST_SHOWN])


def transfer_for(officer: Officer, public_id: UUID, now: datetime) -> Transfer | None:
    """One of them; None where it does not exist or is other desks' alone: one answer for both."""
    return _transfers(officer, now).filter(public_id=public_id).first()


def letters_of(transfer: Transfer) -> QuerySet[IssuedLetter]:
    """The letters that were issued about a transfer, the newest first."""
    return IssuedLetter.objects.filter(transfer=transfer).select_related("kept__kept_by").order_by("-pk")


def other_desks(desk: Desk) -> QuerySet[Desk]:
    """The desks of the other units here, by their names."""
    return Desk.objects.exclude(pk=desk.pk).select_related("unit").order_by("unit__name", "pk")


def desk_named(unit: str | None) -> Desk | None:
    """The desk of the unit of that name, where it works here."""
    return Desk.objects.filter(unit__name=unit).select_related("unit").first() if unit else None


def inquiries_for(officer: Officer, now: datetime, report: Report | None = None) -> list[Inquiry]:
    """What the officer's unit asked, as far as the officer asked it or sees the report, the newest first."""
    rows = _own_inquiries(officer, now)
    if report is not None:
        rows = rows.filter(report=report)
    return list(rows.order_by("-pk")[:MOST_SHOWN])


def inquiry_for(officer: Officer, public_id: UUID, now: datetime) -> Inquiry | None:
    """One of them, or None: one answer for what is not there and what is not the officer's."""
    return _own_inquiries(officer, now).filter(public_id=public_id).first()


def asked_of(officer: Officer, now: datetime) -> QuerySet[Asked]:
    """What other officers asked of the officer's desks, what is not answered first."""
    rows = Asked.objects.filter(desk__in=desks_of(officer, now)).exclude(inquiry__asked_by=officer)
    return (
        rows.select_related("inquiry__unit", "inquiry__asked_by", "desk__unit", "answered_by")
        .prefetch_related("held__report", "held__sought")
        .order_by(F("answered_at").desc(nulls_first=True), "-pk")[:MOST_SHOWN]
    )


def asked_for(officer: Officer, public_id: UUID, now: datetime) -> Asked | None:
    """One of them, or None: one answer for what is not there and what is not the officer's."""
    return Asked.objects.filter(desk__in=desks_of(officer, now), public_id=public_id).first()


def _transfers(officer: Officer, now: datetime) -> QuerySet[Transfer]:
    desks = desks_of(officer, now).values("pk")
    rows = Transfer.objects.filter(Q(from_desk__in=desks) | Q(to_desk__in=desks))
    return rows.select_related(
        "report", "from_desk__unit", "to_desk__unit", "offered_by", "ended_by", "slip", "from_desk__compartment"
    )


def _own_inquiries(officer: Officer, now: datetime) -> QuerySet[Inquiry]:
    seen = Q(visible(Report, officer, now, "report_id"))
    rows = Inquiry.objects.filter(Q(asked_by=officer) | seen, unit=officer.unit_id)
    named = ("sought", "asked__desk__unit", "asked__held__sought")
    return rows.select_related("report", "asked_by").prefetch_related(*named)


def _told_places(tip: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[str]:
    """The addresses of a tip and where its addresses on the net were thought to lie, as `kavalan.tips.Tip` has them."""
    for person in tip.get("persons", []):
        yield from person.get("addresses", [])
    yield from (place["where"] for place in tip.get("places", []))


@lru_cache(maxsize=32)
def _read(text: str) -> Table:
    # Texts of tables in force, each read once for all requests.
    return read_table(text, packaged_table())
