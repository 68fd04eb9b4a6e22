"""Telling what was said with an entry, and taking the entries for one person out of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.accounts.models import Officer
from kavalan.casework.approvals.services import use
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger.approval_kinds import LEDGER_EXTRACT
from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerExtract, LedgerPayload
from kavalan.casework.ledger.oversight import record_of, told_to
from kavalan.casework.records import Record
from kavalan.casework.verbs import Done, HouseAct, house_verb
from kavalan.ledger import ToldPayload

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.ledger import Payload

_CLOSED = "There is no such entry, or what it is about is not open to you as a supervisor or an auditor."


@house_verb("ledger.disclose")
def disclose_payload(act: HouseAct, *, number: int, reason: str) -> Done[Record]:
    """Tell a supervisor or an auditor what was said with an entry about what is open to them; that becomes an entry.

    Args:
        act: who asks.
        number: of the entry.
        reason: for the ledger; not empty.
    """
    if not reason.strip():
        raise RefusedError("Say why this is needed: the reason is kept.")
    entry = told_to(act.officer, act.at).filter(number=number).first()
    record = record_of(entry) if entry else None
    if entry is None or record is None:
        raise RefusedError(_CLOSED)
    return Done(record, {"entry": number, "reason": reason})


def told_payload(digest: bytes) -> ToldPayload | None:
    """What was said with the entry of this payload digest; None where it was purged."""
    kept = LedgerPayload.objects.filter(digest=digest).first()
    return ToldPayload(kept.text, bytes(kept.salt).hex()) if kept else None


def extracting(since: datetime, until: datetime) -> Payload:
    """What is asked for when the entries of a span are to be extracted: the payload of the approval."""
    return {"since": since.isoformat(), "until": until.isoformat()}


@house_verb("ledger.extract")
def make_extract(act: HouseAct, *, officer: Officer, since: datetime, until: datetime) -> Done[LedgerExtract]:
    """Take out all that an officer did in a span and that was done to their own record, on another's grant for it.

    It is recorded before anything is told, and the officer finds a notice of it.

    Args:
        act: who asked for it.
        officer: whose entries.
        since: the first moment of the span.
        until: the first moment after it.

    Raises:
        RefusedError: the grant is missing, lapsed or used; one of the two is the officer; nothing is signed yet.
    """
    approval = use(act.officer, act.at, kind=LEDGER_EXTRACT, matter=officer, payload=extracting(since, until))
    granted_by = approval.answered_by
    if granted_by is None or officer.pk in {act.officer.pk, granted_by.pk}:
        raise RefusedError("Neither of the two who agree to an extract may be the person whom it is about.")
    if not LedgerCheckpoint.objects.exists():
        raise RefusedError("No checkpoint was made yet, so that an extract would prove nothing. Make one first.")
    extract = LedgerExtract.objects.create(
        officer=officer,
        since=since,
        until=until,
        reason=approval.reason,
        made_by=act.officer,
        granted_by=granted_by,
        made_at=act.at,
        size=LedgerEntry.objects.order_by("-number").values_list("number", flat=True)[0],
    )
    said = {"officer": str(officer.public_id), "approval": str(approval.public_id)}
    return Done(extract, {**said, **extracting(since, until)})


@house_verb("ledger.acknowledge")
def acknowledge_extract(act: HouseAct, *, extract: LedgerExtract) -> Done[LedgerExtract]:
    """The officer whom an extract is about has taken note of it.

    Raises:
        RefusedError: it is about somebody else, or was acknowledged.
    """
    mine = LedgerExtract.objects.filter(pk=extract.pk, officer=act.officer, acknowledged_at__isnull=True)
    if not mine.update(acknowledged_at=act.at):
        raise RefusedError("This notice is not yours, or you have taken note of it already.")
    extract.refresh_from_db()
    return Done(extract)
