"""Handing a report over: offered with a reason, and the sender's duty until somebody accepts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.rules import Standing
from kavalan.casework.routing.carrying import move, take_along
from kavalan.casework.routing.models import Transfer
from kavalan.casework.routing.rules import Outcome
from kavalan.casework.routing.working import require_works
from kavalan.casework.said import required
from kavalan.casework.subjects.telling import tell
from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.authority.papers import Taken
    from kavalan.casework.intake.models import Desk
    from kavalan.ledger import Payload


@dataclass(frozen=True, slots=True)
class Receiver:
    """To whom a report is offered.

    Attributes:
        office: its name.
        desk: where it works here; None for an office outside.
        row: which row of which table names it; empty where an officer knew it without one.
    """

    office: str
    desk: Desk | None = None
    row: str = ""


@house_verb("report.transfer")
def offer_transfer(act: HouseAct, *, report: Report, to: Receiver, reason: str) -> Done[Transfer]:
    """Offer a report to another office; it stays this desk's until that one accepts it.

    Raises:
        RefusedError: when the actor does not work at the report's desk, it is offered or was handed over already, the
            office is this desk or has no name, or no reason is given.
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("desk__unit").get(pk=report.pk)
    require_works(act, report.desk)
    if report.standing == Standing.HANDED_OVER or report.transfers.filter(outcome=Outcome.OPEN).exists():
        raise RefusedError("It is offered, or was handed over, already.")
    if to.desk is not None and to.desk.pk == report.desk_id:
        raise RefusedError("Name another office than this one.")
    transfer = Transfer.objects.create(
        report=report,
        from_desk=report.desk,
        to_desk=to.desk,
        office=required(to.office, "Name the office."),
        row=to.row[:400],
        reason=required(reason),
        sender_reference=report.reference,
        offered_by=act.officer,
        offered_at=act.at,
    )
    return Done(
        transfer,
        {
            "report": str(report.public_id),
            "to": str(to.desk.public_id) if to.desk else None,
            "office": transfer.office,
            "row": transfer.row,
            "reason": transfer.reason,
        },
    )


@house_verb("report.accept_transfer")
def accept_transfer(act: HouseAct, *, transfer: Transfer) -> Done[Transfer]:
    """Accept a report: from now on it is the receiver's, under a number of its own, with its clocks as they run.

    It lies in the receiver's compartment besides the sender's. Its own authority does not begin anew: the receiver's
    unit gets one that ends when the sender's does.

    Raises:
        RefusedError: when it was not offered to a desk where the actor works, or is not open any more.
    """
    transfer, report = _open(transfer)
    if transfer.to_desk is None:
        raise RefusedError("It went to an office outside: record who signed for it.")
    require_works(act, transfer.to_desk)
    take_along(report, transfer.to_desk, act)
    tell([report], act.at)
    transfer.reference = report.reference
    _end(transfer, act, Outcome.ACCEPTED)
    authority = str(report.authority.public_id) if report.authority else None
    return Done(transfer, {**_said(transfer), "reference": transfer.reference, "authority": authority})


@house_verb("report.refuse_transfer")
def refuse_transfer(act: HouseAct, *, transfer: Transfer, reason: str) -> Done[Transfer]:
    """Refuse a report; it stays the sender's.

    Of an office outside, an officer of the sender records that it refused.

    Raises:
        RefusedError: when it was not offered to a desk where the actor works, is not open any more, or no reason is
            given.
    """
    transfer, _ = _open(transfer)
    require_works(act, transfer.to_desk or transfer.from_desk)
    _end(transfer, act, Outcome.REFUSED, required(reason))
    return Done(transfer, {**_said(transfer), "reason": transfer.why})


@house_verb("report.take_back")
def take_back(act: HouseAct, *, transfer: Transfer, reason: str) -> Done[Transfer]:
    """Take an offer back before anybody has accepted it.

    Raises:
        RefusedError: when the actor does not work at the sender's desk, it is not open any more, or no reason is given.
    """
    transfer, _ = _open(transfer)
    require_works(act, transfer.from_desk)
    _end(transfer, act, Outcome.TAKEN_BACK, required(reason))
    return Done(transfer, {**_said(transfer), "reason": transfer.why})


@house_verb("report.record_slip")
def record_slip(
    act: HouseAct, *, transfer: Transfer, received_by: str, received_at: datetime, slip: Taken
) -> Done[Transfer]:
    """Record that an office outside has signed for a report: who, when, and the signed slip itself.

    Args:
        act: somebody who works at the sender's desk.
        transfer: to an office outside.
        received_by: the post or badge of who signed.
        received_at: when, aware UTC.
        slip: its scan, which lies in the vault.

    Raises:
        RefusedError: when it went to a desk here, the actor does not work at the sender's, it is not open any more,
            nobody is named, or the moment lies before the offer or ahead.
    """
    transfer, report = _open(transfer)
    require_works(act, transfer.from_desk)
    if transfer.to_desk is not None:
        raise RefusedError("It was offered to a desk here: its officers accept it themselves.")
    if not transfer.offered_at <= received_at <= act.at:
        raise RefusedError("It was received between the offer and now.")
    signer = required(received_by, "Say who signed: their post or badge.")
    transfer.slip = enter(
        slip.stored,
        what=What.SIGNED_SLIP,
        media_type=slip.media_type,
        by=act.officer,
        at=act.at,
        rooms=[transfer.from_desk.compartment],
    )
    transfer.received_by, transfer.received_at = signer[:200], received_at.astimezone(UTC)
    _end(transfer, act, Outcome.ACCEPTED)
    move(report, Standing.HANDED_OVER, act)
    said = {"received_at": transfer.received_at.isoformat(), "slip": transfer.slip.sha256_hex}
    return Done(transfer, {**_said(transfer), **said})


def _open(transfer: Transfer) -> tuple[Transfer, Report]:
    """The transfer and its report, locked, the report first as the offer locks it."""
    report = Report.objects.select_for_update(of=("self",)).get(pk=transfer.report_id)
    found = Transfer.objects.select_for_update(of=("self",)).select_related("from_desk__compartment", "to_desk__unit")
    transfer = found.get(pk=transfer.pk)
    if not transfer.is_open:
        raise RefusedError("This was accepted, refused or taken back already.")
    return transfer, report


def _end(transfer: Transfer, act: HouseAct, outcome: Outcome, why: str = "") -> None:
    transfer.outcome, transfer.why = outcome, why
    transfer.ended_by, transfer.ended_at = act.officer, act.at
    transfer.save()


def _said(transfer: Transfer) -> Payload:
    return {"report": str(transfer.report.public_id), "outcome": transfer.outcome}
