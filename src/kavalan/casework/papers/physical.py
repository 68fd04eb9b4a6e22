"""What happened to the thing from which an exhibit was made: its part of the sequence of custody."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from kavalan.casework.accounts.selectors import rank_of
from kavalan.casework.custody.selectors import line_of
from kavalan.casework.custody.templatetags.custody import span_words
from kavalan.casework.custody.words import Isolation, SealState, What
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.papers import Entry, Event
from kavalan.papers import Officer as Hand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.custody.chain import Gap
    from kavalan.casework.custody.models import CustodyEvent, Device, Handled
    from kavalan.papers.custody import Act

_ACTS: Mapping[What, Act] = {
    What.COLLECTED: "collected",
    What.OFFERED: "offered",
    What.ACCEPTED: "received",
    What.SLIP: "received",
    What.STORED: "stored",
    What.SEALED: "sealed",
    What.UNSEALED: "seal-opened",
    What.LAB_OUT: "transferred",
    What.LAB_BACK: "received",
    What.COURT_OUT: "transferred",
    What.COURT_BACK: "received",
    What.GIVEN_BACK: "returned",
    What.OBSERVED: "observed",
    What.CLOCK_READ: "observed",
    What.STRUCK: "corrected",
}
_GIVES = frozenset({What.OFFERED, What.LAB_OUT, What.COURT_OUT, What.GIVEN_BACK})


def hand(officer: Officer, at: datetime) -> Hand:
    """An officer as papers show one: badge, and the rank of that day."""
    rank = rank_of(officer, timezone.localdate(at))
    return Hand(officer.badge, rank.title if rank else "rank not recorded")


def physical_events(device: Device) -> tuple[list[Event], tuple[str, ...]]:
    """Every event of a thing with the ledger's entry of it, the corrected ones too, and its gaps in English."""
    chain, lines = line_of(device)
    shares = [line.share for line in lines if line.share is not None]
    entries = _entries({share.event.public_id for share in shares})
    numbers = {share.event.pk: entries[share.event.public_id].number for share in shares}
    with translation.override("en"):
        events = [_event(share, device, entries[share.event.public_id], numbers) for share in shares]
        return events, tuple(_gap_line(gap, numbers) for gap in chain.gaps)


def _entries(events: set[UUID]) -> dict[UUID, LedgerEntry]:
    # The first entry about an event is the one that made it.
    found = LedgerEntry.objects.filter(subject__in=events).order_by("-number")
    return {entry.subject: entry for entry in found}


def _event(share: Handled, device: Device, entry: LedgerEntry, numbers: Mapping[int, int]) -> Event:
    event, what = share.event, What(share.event.what)
    gives = what in _GIVES
    doer = (event.giver if gives else event.taker) or event.entered_by
    late = event.entered_at > event.at
    return Event(
        act=_ACTS[what],
        at=event.at.astimezone(UTC),
        by=hand(doer, event.at),
        authority=device.authority.reference,
        entry=Entry(entry.number, bytes(entry.hash).hex()),
        to=hand(event.taker, event.at) if gives and event.taker else None,
        to_other=(event.taker_words or "not recorded") if gives and not event.taker else None,
        entered=event.entered_at.astimezone(UTC) if late else None,
        place=event.place or None,
        seal=share.seal or None,
        note="; ".join(_notes(share, numbers)) or None,
    )


def _notes(share: Handled, numbers: Mapping[int, int]) -> Iterator[str]:
    yield from _ties(share.event, numbers)
    yield from _of_event(share.event)
    if share.seal_state:
        yield f"seal found: {SealState(share.seal_state).label}"
    if share.opened:
        yield "opened there and sealed anew"
    if share.isolation:
        yield f"isolation: {Isolation(share.isolation).label}"
    if (skew := share.skew) is not None:
        ahead = "ahead" if skew.middle.total_seconds() >= 0 else "behind"
        yield f"clock {span_words(abs(skew.middle))} {ahead}, give or take {span_words(skew.either_way)}"
    if share.note:
        yield share.note


def _of_event(event: CustodyEvent) -> Iterator[str]:
    if event.what == What.COLLECTED and event.taker_words:
        yield f"seized by {event.taker_words}"
    if event.what in {What.LAB_BACK, What.COURT_BACK} and event.from_whom:
        yield f"from {event.giver.badge if event.giver else event.giver_words}"
    if event.slip is not None:
        receiver = event.taker.badge if event.taker else event.taker_words
        yield f"received by {receiver} on a signed slip, its SHA-256 {event.slip.sha256_hex}"
    if event.reference:
        yield f"reference {event.reference}"
    if event.report_hex:
        yield f"SHA-256 of the report {event.report_hex}"


def _ties(event: CustodyEvent, numbers: Mapping[int, int]) -> Iterator[str]:
    if event.corrects_id is not None:
        said = "did not happen" if event.what == What.STRUCK else "was wrong"
        yield f"entry {numbers[event.corrects_id]} {said}: {event.why}"
    if event.answers_id is not None and event.answers_id in numbers:
        yield f"answers entry {numbers[event.answers_id]}"


def _gap_line(gap: Gap, numbers: Mapping[int, int]) -> str:
    words = f"{gap.fault.label}{f': {gap.said}' if gap.said else ''}"
    since = f"{timezone.localtime(gap.since):%d/%m/%Y %H:%M}"
    if gap.number is not None:
        return f"{words}, entry {numbers[gap.number]}, {since}"
    until = f"{timezone.localtime(gap.until):%d/%m/%Y %H:%M}" if gap.until else "the day of this paper"
    return f"{words}, from {since} to {until}"
