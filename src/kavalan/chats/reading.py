"""The reading report: what of an export was understood, what is doubtful, what could not be read, what it covers."""

from __future__ import annotations

from typing import Final

import msgspec

from kavalan.chats.request import Order

_MOST_PLACES: Final = 20
_MOST_REASONS: Final = 200


class Doubt(msgspec.Struct):
    """Something that a person should look at, however often it occurs.

    Attributes:
        reason: in words.
        count: how often.
        places: offsets of the first of them, in bytes of the source.
    """

    reason: str
    count: int = 0
    places: list[int] = []


class DateOrder(msgspec.Struct):
    """How day and month are told apart, and why.

    Attributes:
        order: `dmy`, `mdy`, `ymd`, `ydm`; None where it cannot be told and must be asked.
        method: `given`, `file names`, `a field over 12`, `order of time`, `way of writing`, `stated` or empty.
        confidence: `given`, `strong`, `certain`, `likely`, `weak`, `none`.
        candidates: the orders between which nothing decides.
        told: what speaks for it, in words.
    """

    order: Order | None = None
    method: str = ""
    confidence: str = "none"
    candidates: list[Order] = []
    told: str = ""


class Reading(msgspec.Struct, tag="reading"):
    """How the reading of one source went. It comes last.

    Attributes:
        form: which reader read it, and what it took the source for.
        messages: all of them, system lines included.
        system: lines of the messenger's own.
        understood: messages that hold nothing doubtful.
        doubtful: what a person should look at.
        unreadable: what is in no message.
        unread_bytes: how many bytes those are.
        first: earliest local time; empty where unknown.
        last: latest.
        date_order: how day and month are told apart.
        warnings: what the export may lack.
    """

    form: str = ""
    messages: int = 0
    system: int = 0
    understood: int = 0
    doubtful: list[Doubt] = []
    unreadable: list[Doubt] = []
    unread_bytes: int = 0
    first: str = ""
    last: str = ""
    date_order: DateOrder = msgspec.field(default_factory=DateOrder)
    warnings: list[str] = []


class Tally:
    """Counts while a source is read, in bounded memory."""

    def __init__(self) -> None:
        self._doubtful: dict[str, Doubt] = {}
        self._unreadable: dict[str, Doubt] = {}

    def doubt(self, reason: str, offset: int) -> None:
        """Note something doubtful at a place."""
        _note(self._doubtful, reason, offset)

    def unreadable(self, reason: str, offset: int) -> None:
        """Note something that is in no message."""
        _note(self._unreadable, reason, offset)

    def into(self, reading: Reading) -> Reading:
        """Put what was counted into a report."""
        reading.doubtful = list(self._doubtful.values())
        reading.unreadable = list(self._unreadable.values())
        return reading


def _note(doubts: dict[str, Doubt], reason: str, offset: int) -> None:
    found = doubts.get(reason)
    if found is None:
        if len(doubts) >= _MOST_REASONS:
            reason = "others, of too many kinds to be told apart"
        found = doubts.setdefault(reason, Doubt(reason, 0, []))
    found.count += 1
    if len(found.places) < _MOST_PLACES:
        found.places.append(offset)
