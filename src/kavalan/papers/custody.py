"""The sequence of custody of an exhibit: who held it when, and what was done to it.

BNSS s. 193(3)(i)(i) asks the police report for "the sequence of custody in case of electronic device".
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Annotated, ClassVar, Literal
from zoneinfo import ZoneInfo

import msgspec

from kavalan.law import NotInForceError, packaged_law
from kavalan.papers.errors import DataError
from kavalan.papers.model import Line, Paper, Short, in_utc
from kavalan.papers.text import grouped
from kavalan.papers.zone import check_zone, shown_time

Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
Act = Literal[
    "collected",
    "received",
    "sealed",
    "seal-opened",
    "examined",
    "copied",
    "transferred",
    "returned",
    "stored",
    "destroyed",
    "offered",
    "observed",
    "corrected",
]
_HANDS_OVER: frozenset[Act] = frozenset({"transferred", "returned", "offered"})
_MOST_EVENTS = 1000  # seven seconds and 0.4 GB to set


class Officer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person by badge and rank; papers of custody name nobody."""

    badge: Short
    rank: Short


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ledger's entry of an event: its number and hash."""

    number: Annotated[int, msgspec.Meta(ge=1, lt=2**53)]
    hash: Sha256


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One event of custody.

    Attributes:
        act: what was done.
        at: when, aware UTC.
        by: who did it.
        authority: reference of what it was done on.
        entry: of the ledger.
        to: who took it over, or `to_other`, an office or a court; one of them for an act that hands over, and for no
            other.
        entered: when the desk was told, where that was later than `at`.
        place: where.
        seal: the seal's number.
        sha256: of the exhibit, as it was measured then.
        note: anything else, one line.
    """

    act: Act
    at: datetime
    by: Officer
    authority: Line
    entry: Entry
    to: Officer | None = None
    to_other: Line | None = None
    entered: datetime | None = None
    place: Line | None = None
    seal: Short | None = None
    sha256: Sha256 | None = None
    note: Line | None = None

    def __post_init__(self) -> None:
        in_utc(self.at)
        if self.entered is not None:
            in_utc(self.entered)
        if (self.to is not None) + (self.to_other is not None) != (self.act in _HANDS_OVER):
            why = "must say `to` whom" if self.act in _HANDS_OVER else "hands nothing over, yet says `to` whom"
            message = f"entry {self.entry.number}: an event {self.act!r} {why}"
            raise DataError(message)


class Exhibit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was held: its number, what it is, make, model and serial number as far as known."""

    number: Short
    description: Line
    make: Line | None = None
    serial: Line | None = None


class CustodySequence(Paper, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The sequence of custody of one exhibit.

    Attributes:
        prepared_by: who answers for the paper.
        unit: the unit's name.
        zone: the unit's, by its IANA name; times are shown in it.
        case: reference of the case or report.
        exhibit: what was held.
        events: in the order in which they happened; of one moment in that of the ledger.
        gaps: what in the custody nobody can answer for, one line each.
    """

    form_id: ClassVar[str] = "custody"

    prepared_by: Officer
    unit: Line
    zone: Short
    case: Line
    exhibit: Exhibit
    events: Annotated[tuple[Event, ...], msgspec.Meta(min_length=1, max_length=_MOST_EVENTS)]
    gaps: tuple[Line, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        for before, after in pairwise(self.events):
            if (after.at, after.entry.number) <= (before.at, before.entry.number):
                message = (
                    f"entry {after.entry.number} of the ledger stands after entry {before.entry.number}: "
                    "give the events in the order in which they happened, of one moment in that of the ledger"
                )
                raise DataError(message)
        check_zone(self.zone)

    def fields(self) -> dict[str, object]:
        """Times in the unit's zone, digests in groups, empty fields left out."""
        return {
            "unit": self.unit,
            "case": self.case,
            "zone": self.zone,
            "exhibit": msgspec.to_builtins(self.exhibit),
            "prepared_at": shown_time(self.prepared_at, self.zone),
            "prepared_by": msgspec.to_builtins(self.prepared_by),
            "basis": self._basis(),
            "hashes": self._hashes(),
            "gaps": list(self.gaps),
            "events": [self._shown_event(number, event) for number, event in enumerate(self.events, 1)],
        }

    def _shown_event(self, number: int, event: Event) -> dict[str, object]:
        shown: dict[str, object] = msgspec.to_builtins(event)
        shown |= {"number": number, "at": shown_time(event.at, self.zone)}
        if event.entered is not None:
            shown["entered"] = shown_time(event.entered, self.zone)
        shown["entry"] = {"number": event.entry.number, "hash": grouped(event.entry.hash)}
        if event.sha256 is not None:
            shown["sha256"] = grouped(event.sha256)
        return shown

    def _hashes(self) -> dict[str, object]:
        """How often the exhibit was measured, and the events whose hash is not that of the measurement before."""
        measured = [(number, event.sha256) for number, event in enumerate(self.events, 1) if event.sha256 is not None]
        changed = [number for (_, before), (number, after) in pairwise(measured) if before != after]
        return {"measured": len(measured), "changed": changed}

    def _basis(self) -> str | None:
        day = self.prepared_at.astimezone(ZoneInfo(self.zone)).date()
        try:
            demands = packaged_law().section("bnss", "193(3)(i)(i)", day).demands
        except NotInForceError:
            return None
        return f"BNSS, 2023, s. 193(3)(i)(i): {demands}"
