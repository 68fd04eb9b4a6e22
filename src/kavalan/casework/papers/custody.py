"""The sequence of custody of an exhibit, out of the ledger's entries about it and about the thing it was made from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from django.conf import settings

from kavalan.casework.accounts.models import Officer
from kavalan.casework.authority.models import Authority
from kavalan.casework.custody.models import Origin
from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.casework.papers.physical import hand, physical_events
from kavalan.casework.safekeeping.models import Way
from kavalan.papers import CustodySequence, DataError, Entry, Event, Exhibit
from kavalan.papers import Officer as Hand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.custody.models import Device
    from kavalan.casework.exhibits.models import Exhibit as Kept
    from kavalan.papers.custody import Act

ACTS: Mapping[str, Act] = {
    "exhibit.register": "collected",
    "exhibit.import_scan": "received",
    "scan.start": "examined",
    "scan.finish": "examined",
    "scan.stop": "examined",
    "keeping.finish": "copied",
    "evidence.destroyed": "destroyed",
}
"""The paper's act of each verb that is one of custody."""
NOT_OF_CUSTODY: Mapping[str, str] = {
    "scan.cancel": "asks for a scan to end; `scan.stop` says that it did",
    "exhibit.keep": "asks for it to be kept; `keeping.finish` says that it is",
    "exhibit.thin": "says what of it a scan need not decode; the exhibit itself is not touched",
    "keeping.cancel": "asks for the keeping to end",
    "keeping.stop": "nothing is kept",
    "evidence.destroy": "decides; `evidence.destroyed` says that it is done",
    "evidence.destroy_again": "goes on with what was decided",
    "evidence.destruction_stopped": "it is not at its end",
    "privilege.supply": "seals within the desk's record; the exhibit itself is not touched",
    "privilege.look": "reads the desk's record of paths",
    "privilege.open": "opens within the desk's record",
}
"""Verbs about an exhibit, or about what is kept of it, that the paper leaves out, each with the reason."""
_NOTES = {
    "exhibit.register": "registered where it lies; read only",
    "scan.start": "fingerprinting asked for",
    "keeping.finish": "held in place: read whole where it lies, its digests noted",
    "evidence.destroyed": "what the vault kept of it, on the decision of two people; the certificate stays",
}
_MOST = 1000


@dataclass(frozen=True, slots=True)
class _Told:
    """An entry, what was said with it as far as that is kept, and whether it is about a holding in place."""

    entry: LedgerEntry
    said: Mapping[str, object]
    held: bool

    @property
    def verb(self) -> str:
        return self.entry.verb


def custody_of(exhibit: Kept, officer: Officer, now: datetime) -> CustodySequence:
    """The paper's data: every act of custody that the ledger holds of the exhibit, and of the thing it was made from.

    Args:
        exhibit: what was held.
        officer: who answers for the paper.
        now: aware UTC.

    Raises:
        RefusedError: the ledger tells more acts than a paper holds, or of the exhibit something that none can say.
    """
    held = set(exhibit.safekeepings.filter(way=Way.HELD).values_list("public_id", flat=True))
    entries = list(
        LedgerEntry.objects.filter(subject__in=_subjects(exhibit), verb__in=ACTS).order_by("number")[: _MOST + 1]
    )
    if len(entries) > _MOST:
        message = f"The ledger tells more than {_MOST} acts about this exhibit; a paper holds no more."
        raise RefusedError(message)
    said = _said(entries)
    officers = {one.public_id: one for one in Officer.objects.filter(public_id__in={entry.actor for entry in entries})}
    named = Authority.objects.filter(public_id__in={entry.authority for entry in entries})
    authorities = {one.public_id: one.reference for one in named}
    drawn = Origin.objects.filter(exhibit=exhibit).select_related("device__authority").first()
    physical, gaps = physical_events(drawn.device) if drawn else ([], ())
    try:
        return CustodySequence(
            prepared_at=now.astimezone(UTC).replace(microsecond=0),
            prepared_by=hand(officer, now),
            unit=exhibit.authority.unit.name,
            zone=settings.TIME_ZONE,
            case=exhibit.authority.reference,
            exhibit=_shown(exhibit, drawn.device if drawn else None),
            gaps=gaps,
            events=_in_order(
                *physical,
                *(
                    _event(
                        _Told(entry, said.get(bytes(entry.payload), {}), entry.subject in held),
                        officers,
                        authorities,
                        exhibit,
                    )
                    for entry in entries
                ),
            ),
        )
    except DataError as error:
        raise RefusedError(str(error)) from error


def _event(told: _Told, officers: Mapping[UUID, Officer], authorities: Mapping[UUID, str], exhibit: Kept) -> Event:
    entry = told.entry
    actor = officers.get(entry.actor) if entry.actor else None
    return Event(
        # What is held in place was read whole and not copied.
        act="examined" if told.held else ACTS[told.verb],
        at=entry.at.astimezone(UTC),
        by=hand(actor, entry.at) if actor else Hand("desk", "the desk itself"),
        # What ends work asks no authority; it was done on the exhibit's own.
        authority=authorities.get(entry.authority, "") if entry.authority else exhibit.authority.reference,
        entry=Entry(entry.number, bytes(entry.hash).hex()),
        sha256=_measured(told),
        note=_note(told),
    )


def _subjects(exhibit: Kept) -> set[UUID]:
    """What the ledger's entries of its custody are about: itself, and what is or was kept of it."""
    kept = exhibit.safekeepings.values_list("public_id", flat=True)
    return {exhibit.public_id, *kept, *exhibit.destructions.values_list("public_id", flat=True)}


def _measured(told: _Told) -> str | None:
    """The exhibit's own SHA-256, where one file was copied; that of a copied folder is the digest of its archive."""
    alone = told.verb == "keeping.finish" and not told.held and told.said.get("index") is None
    digest = told.said.get("sha256") if alone else None
    return digest if isinstance(digest, str) else None


def _shown(exhibit: Kept, device: Device | None) -> Exhibit:
    described = exhibit.description.strip() or "not described"
    if device is None:
        return Exhibit(exhibit.reference, described)
    numbers = ", ".join(
        f"{name} {number}"
        for name, number in (("IMEI", device.imei), ("IMEI", device.imei_2), ("serial", device.serial))
        if number
    )
    return Exhibit(exhibit.reference, f"{described}; from {device.reference}", device.named or None, numbers or None)


def _in_order(*events: Event) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.at, event.entry.number)))


def _said(entries: list[LedgerEntry]) -> dict[bytes, Mapping[str, object]]:
    """What was said with the entries, by its digest; what was purged is not there."""
    kept = LedgerPayload.objects.filter(digest__in=[bytes(entry.payload) for entry in entries])
    return {bytes(one.digest): json.loads(one.text) for one in kept}


def _note(told: _Told) -> str | None:
    """One line about the act, in English, as the paper's other free text."""
    match told.verb:
        case "exhibit.import_scan" if "scan" in told.said:
            return f"scanned elsewhere, scan {told.said['scan']}"
        case "keeping.finish" if not told.held:
            return _of_copy(told.said)
        case "scan.finish" | "scan.stop" if "items" in told.said:
            return _of_scan(told.verb, told.said)
    return _NOTES.get(told.verb)


def _of_copy(said: Mapping[str, object]) -> str:
    of = f", {said['members']} files, digest of their archive {said['sha256']}" if said.get("index") else ""
    return f"a copy is kept, encrypted, in the vault{of}"


def _of_scan(verb: str, said: Mapping[str, object]) -> str:
    ended = "to the end" if verb == "scan.finish" else f"not to the end ({said.get('state')})"
    return (
        f"fingerprinted {ended}: {said['items']} items, {said.get('unread')} not wholly readable; "
        f"SHA-256 over the digests of what was read: {said.get('sha256')}"
    )
