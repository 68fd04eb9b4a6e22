"""Letters that go with a report to another office: the hand-over, and an FIR registered irrespective of the area.

BNSS s. 173(1) lets a station register a cognizable offence wherever it was committed ("zero FIR").
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal
from zoneinfo import ZoneInfo

import msgspec

from kavalan.law import NotInForceError, packaged_law
from kavalan.papers.custody import Officer, Sha256
from kavalan.papers.model import Line, Paper, Short, in_utc
from kavalan.papers.text import grouped
from kavalan.papers.zone import check_zone, shown_time

_MOST_FILES = 500


class Ground(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The row of a table of offices on which a hand-over rests.

    Attributes:
        row: which row of which table.
        certainty: V, S or M.
        source: where the table has it from.
    """

    row: Line
    certainty: Literal["V", "S", "M"]
    source: Line


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A file that goes along: its number in the report and, where its bytes are kept, its SHA-256."""

    number: Annotated[int, msgspec.Meta(ge=1)]
    sha256: Sha256 | None = None


class Letter(Paper, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every letter about a report says.

    Attributes:
        prepared_by: who answers for it.
        unit: from which unit.
        zone: the unit's, by its IANA name; times are shown in it.
        to: the office to which the report goes.
        reference: the report's number at the sender's desk.
        kind: in which form the report came.
        arrived_at: when it reached the unit, aware UTC: from then the law counts.
        digest_of_report: SHA-256 of the report's own bytes as they came, or its keyed digest where it was typed.
        children: those of whom it speaks, by pseudonym; never by name.
        files: that go along.
        reason: why it goes there, one line, without a name.
        ground: the row on which that rests; absent where an officer knew it without one.
        place: the place of the offence, as far as known.
    """

    prepared_by: Officer
    unit: Line
    zone: Short
    to: Line
    reference: Short
    kind: Line
    arrived_at: datetime
    digest_of_report: Sha256
    reason: Line
    children: tuple[Short, ...] = ()
    files: Annotated[tuple[File, ...], msgspec.Meta(max_length=_MOST_FILES)] = ()
    ground: Ground | None = None
    place: Line | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        in_utc(self.arrived_at)
        check_zone(self.zone)

    def fields(self) -> dict[str, object]:
        """Times in the unit's zone, digests in groups, empty fields left out."""
        shown: dict[str, object] = msgspec.to_builtins(self)
        files = [{"number": one.number, "sha256": one.sha256 and grouped(one.sha256)} for one in self.files]
        return shown | {
            "prepared_at": shown_time(self.prepared_at, self.zone),
            "arrived_at": shown_time(self.arrived_at, self.zone),
            "digest_of_report": grouped(self.digest_of_report),
            "children": ", ".join(self.children) or None,
            "place": self.place,
            "ground": msgspec.to_builtins(self.ground) if self.ground else None,
            "files": files,
        }


class TransferLetter(Letter, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A report is handed over; the slip at its foot is signed by who receives it."""

    form_id: ClassVar[str] = "transfer"


class ZeroFirLetter(Letter, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An FIR that was registered irrespective of the area goes to the station that has jurisdiction.

    Attributes:
        station: where it was registered.
        fir: its number there.
        registered_at: when, aware UTC.
        sections: the charges, quoted as they stand in the FIR.
    """

    form_id: ClassVar[str] = "zero-fir"

    station: Line
    fir: Short
    registered_at: datetime
    sections: Annotated[tuple[Line, ...], msgspec.Meta(min_length=1, max_length=30)]

    def __post_init__(self) -> None:
        super().__post_init__()
        in_utc(self.registered_at)

    def fields(self) -> dict[str, object]:
        """As those of every letter, with what the law says."""
        shown = super().fields()
        return shown | {"registered_at": shown_time(self.registered_at, self.zone), "basis": self._basis()}

    def _basis(self) -> str | None:
        day = self.registered_at.astimezone(ZoneInfo(self.zone)).date()
        try:
            demands = packaged_law().section("bnss", "173(1)", day).demands
        except NotInForceError:
            return None
        return f"BNSS, 2023, s. 173(1): {demands}"
