"""The duty list as iCalendar (RFC 5545): references and times, never what they are about.

A calendar lies on telephones and in other people's clouds. So an event says the desk's reference of the report, the
exhibit or the authority, the number of the section and the address at the desk; no name, no act, no offence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

_LONGEST: Final = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Event:
    """One moment in a calendar.

    Attributes:
        id: stays with it, whatever becomes of it.
        at: the moment, aware.
        changed_at: when the desk last said something else of it, aware.
        sequence: how often it did.
        summary: one line.
        address: of its page.
        cancelled: it need not be watched any more.
    """

    id: UUID
    at: datetime
    changed_at: datetime
    sequence: int
    summary: str
    address: str
    cancelled: bool


def calendar(events: Iterable[Event], now: datetime) -> bytes:
    """The calendar of these events, as it is sent.

    Args:
        events: in any order.
        now: when it is made, aware.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kavalan//Duty list//EN", "METHOD:PUBLISH"]
    for event in events:
        lines += _event(event, now)
    return b"".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@kavalan"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"LAST-MODIFIED:{_utc(event.changed_at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART:{_utc(event.at)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    yield f"URL:{event.address}"
    yield "CLASS:CONFIDENTIAL"
    yield "TRANSP:TRANSPARENT"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Text as a value (RFC 5545, 3.3.11); other characters than those that may stand there become spaces."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = marked.replace("\r\n", "\n").split("\n")
    return "\\n".join("".join(sign if sign.isprintable() else " " for sign in line) for line in lines)


def folded(line: str) -> bytes:
    """A line with its end, in pieces of at most 75 octets that never part a character."""
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        data = sign.encode()
        # Of every piece but the first one octet is the space that says it goes on.
        if len(piece) + len(data) > _LONGEST - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += data
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
