"""Telling what was said with an entry."""

from __future__ import annotations

from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger.models import LedgerPayload
from kavalan.casework.ledger.oversight import overseen, record_of
from kavalan.casework.records import Record
from kavalan.casework.verbs import Done, HouseAct, house_verb
from kavalan.ledger import ToldPayload

_CLOSED = "There is no such entry, or what it is about is not open to you as a supervisor."


@house_verb("ledger.disclose")
def disclose_payload(act: HouseAct, *, number: int, reason: str) -> Done[Record]:
    """Let a supervisor have what was said with an entry about something open to them; that itself becomes an entry.

    Args:
        act: who asks.
        number: of the entry.
        reason: for the ledger; not empty.
    """
    if not reason.strip():
        raise RefusedError("Say why this is needed: the reason is kept.")
    entry = overseen(act.officer, act.at).filter(number=number).first()
    record = record_of(entry) if entry else None
    if entry is None or record is None:
        raise RefusedError(_CLOSED)
    return Done(record, {"entry": number, "reason": reason})


def told_payload(digest: bytes) -> ToldPayload | None:
    """What was said with the entry of this payload digest; None where it was purged."""
    kept = LedgerPayload.objects.filter(digest=digest).first()
    return ToldPayload(kept.text, bytes(kept.salt).hex()) if kept else None
