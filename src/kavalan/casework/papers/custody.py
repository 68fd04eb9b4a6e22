"""The sequence of custody of an exhibit, out of the ledger's entries about it."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.selectors import rank_of
from kavalan.casework.authority.models import Authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.papers import CustodySequence, DataError, Entry, Event, Exhibit
from kavalan.papers import Officer as Hand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.exhibits.models import Exhibit as Kept
    from kavalan.papers.custody import Act

ACTS: Mapping[str, Act] = {
    "exhibit.register": "collected",
    "exhibit.import_scan": "received",
    "scan.start": "examined",
    "scan.finish": "examined",
    "scan.stop": "examined",
}
"""The paper's act of each verb that is one of custody."""
NOT_OF_CUSTODY: Mapping[str, str] = {
    "scan.cancel": "asks for a scan to end; `scan.stop` says that it did",
    "privilege.supply": "seals within the desk's record; the exhibit itself is not touched",
    "privilege.look": "reads the desk's record of paths",
    "privilege.open": "opens within the desk's record",
}
"""Verbs about an exhibit that the paper leaves out, each with the reason."""
_MOST = 1000


def custody_of(exhibit: Kept, officer: Officer, now: datetime) -> CustodySequence:
    """The paper's data: every act of custody that the ledger holds of the exhibit.

    Args:
        exhibit: what was held.
        officer: who answers for the paper.
        now: aware UTC.

    Raises:
        RefusedError: the ledger tells more acts than a paper holds, or of the exhibit something that none can say.
    """
    entries = list(LedgerEntry.objects.filter(subject=exhibit.public_id, verb__in=ACTS).order_by("number")[: _MOST + 1])
    if len(entries) > _MOST:
        message = f"The ledger tells more than {_MOST} acts about this exhibit; a paper holds no more."
        raise RefusedError(message)
    said = _said(entries)
    officers = {one.public_id: one for one in Officer.objects.filter(public_id__in={entry.actor for entry in entries})}
    named = Authority.objects.filter(public_id__in={entry.authority for entry in entries})
    authorities = {one.public_id: one.reference for one in named}
    try:
        return CustodySequence(
            prepared_at=now.astimezone(UTC).replace(microsecond=0),
            prepared_by=_hand(officer, now),
            unit=exhibit.authority.unit.name,
            zone=settings.TIME_ZONE,
            case=exhibit.authority.reference,
            exhibit=Exhibit(exhibit.reference, exhibit.description.strip() or "not described"),
            events=tuple(
                _event(entry, officers, authorities, exhibit, said.get(bytes(entry.payload), {})) for entry in entries
            ),
        )
    except DataError as error:
        raise RefusedError(str(error)) from error


def _event(
    entry: LedgerEntry,
    officers: Mapping[UUID, Officer],
    authorities: Mapping[UUID, str],
    exhibit: Kept,
    said: Mapping[str, object],
) -> Event:
    actor = officers.get(entry.actor) if entry.actor else None
    return Event(
        act=ACTS[entry.verb],
        at=entry.at.astimezone(UTC),
        by=_hand(actor, entry.at) if actor else Hand("desk", "the desk itself"),
        # What ends work asks no authority; it was done on the exhibit's own.
        authority=authorities.get(entry.authority, "") if entry.authority else exhibit.authority.reference,
        entry=Entry(entry.number, bytes(entry.hash).hex()),
        note=_note(entry.verb, said),
    )


def _hand(officer: Officer, at: datetime) -> Hand:
    rank = rank_of(officer, timezone.localdate(at))
    return Hand(officer.badge, rank.title if rank else "rank not recorded")


def _said(entries: list[LedgerEntry]) -> dict[bytes, Mapping[str, object]]:
    """What was said with the entries, by its digest; what was purged is not there."""
    kept = LedgerPayload.objects.filter(digest__in=[bytes(entry.payload) for entry in entries])
    return {bytes(one.digest): json.loads(one.text) for one in kept}


def _note(verb: str, said: Mapping[str, object]) -> str | None:
    """One line about the act, in English, as the paper's other free text."""
    match verb:
        case "exhibit.register":
            return "registered where it lies; read only"
        case "exhibit.import_scan":
            return f"scanned elsewhere, scan {said['scan']}" if "scan" in said else None
        case "scan.start":
            return "fingerprinting asked for"
        case _ if "items" in said:
            ended = "to the end" if verb == "scan.finish" else f"not to the end ({said.get('state')})"
            return (
                f"fingerprinted {ended}: {said['items']} items, {said.get('unread')} not wholly readable; "
                f"SHA-256 over the digests of what was read: {said.get('sha256')}"
            )
    return None
