"""A table of calls or payments as messages between two, in one pass and in memory that does not grow with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.clock import zone_named
from kavalan.chats.errors import ChatError
from kavalan.chats.keys import conversation_key
from kavalan.chats.model import LONGEST_TEXT, Conversation, Event, Flag, Kind, Message
from kavalan.chats.outlet import Outlet
from kavalan.chats.parties import Parties
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.rows import delimiter_of, rows_of
from kavalan.chats.tables.calls import call_in
from kavalan.chats.tables.header import header_in, plain
from kavalan.chats.tables.line import Line, Number
from kavalan.chats.tables.payments import payment_in
from kavalan.chats.tables.times import time_of
from kavalan.chats.telephones import telephone
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request
    from kavalan.chats.rows import Row
    from kavalan.chats.tables.header import Header
    from kavalan.chats.tables.times import Time
    from kavalan.chats.tables.told import Told

_FORMS: Final = {"calls": "table of calls", "payments": "table of payments"}
_HELD: Final = 1 << 16
_BROKEN: Final = "a row that does not fit the header"
_UNTOLD: Final = "a row whose time cannot be read"
_LOST: Final = "a number lost digits in a spreadsheet program (as 9.19847E+11): ask for the file as it was"
_OPEN: Final = "a row that does not say in which direction it goes"
_NAMELESS: Final = "the holder"
_LONGEST_NAME: Final = 300
_LONGEST_TIME: Final = 100


def read_table(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Every row of a table, in its order; the report comes last.

    Raises:
        ChatError: nobody said what its columns mean, or it has not all of them.
    """
    return _TableReader(request, source).read()


class _TableReader:
    """Reads one table."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        if request.columns is None:
            raise ChatError("say what its columns mean, with --columns FILE (docs/chats.md has the form)")
        self._columns = request.columns
        self._request = request
        self._delimiter = self._columns.delimiter or delimiter_of(source)
        self._rows = rows_of(source, self._delimiter)
        self._zone_name = request.zone or self._columns.zone
        self._zone = zone_named(self._zone_name)
        self._order = request.order or self._columns.order
        self._outlet = Outlet(request.region)
        self._parties = Parties(self._outlet, request.region)
        self._tally = Tally()
        self._told: dict[str, None] = {}
        self._read = call_in if self._columns.rows == "calls" else payment_in
        self._source = f"table/{self._columns.rows}"
        self._about = ""
        self._holder = Number(self._columns.holder)
        self._seq = self._system = self._doubtful = self._unread = 0
        self._first = self._last = ""

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        header = header_in(self._rows, self._columns)
        for row in header.above:
            self._find_holder(row)
            self._line_about(row)
        self._line_about(header.row)
        for row in self._rows:
            self._take(row, header)
            yield from self._outlet.ready()
        yield from self._outlet.rest()
        yield self._report()

    def _take(self, row: Row, header: Header) -> None:
        """A row; one that has more or fewer cells may still be a line below the table."""
        if row.empty:
            return
        if row.fault or (line := _line_of(row, header)) is None:
            if row.fault or self._looks_like_a_record(row.cells):
                self._tally.unreadable(_BROKEN, row.offset)
                self._unread += row.length
            else:
                self._line_about(row)
            return
        told, date = self._read(line, self._columns, self._holder), line.value("at") or line.value("date")
        if told is None or not date:
            self._line_about(row)
        else:
            self._say(line, told, time_of(date, line.value("time"), self._order, self._zone))

    def _looks_like_a_record(self, cells: list[str]) -> bool:
        """It has most of a row's cells, or more than it has: no line of totals or of a legend."""
        filled = sum(bool(cell.strip()) for cell in cells)
        return filled > max(2, len(self._columns.meaning) // 2)

    def _find_holder(self, row: Row) -> None:
        """Whose records these are, where a line above the header says it."""
        wanted = self._columns.holder_line
        if not wanted or self._holder.said:
            return
        said = " ".join(cell.strip() for cell in row.cells if cell.strip())
        if found := re.search(re.escape(wanted) + r"\W{0,10}(\+?[\w.@-]{4,60})", said[:1000], re.IGNORECASE):
            self._holder = Number(storable(found[1]))

    def _line_about(self, row: Row) -> None:
        """A line that is no row, kept as it stands."""
        if row.empty:
            return
        text = storable(self._delimiter.join(row.cells).strip())
        if not self._about:
            self._about = conversation_key(self._columns.rows, self._request.source, "")
            title = f"{self._request.name[:_LONGEST_NAME]}: lines above and below the rows"
            self._outlet.conversation(Conversation(self._about, self._columns.rows, "", storable(title), ""))
        self._outlet.message(
            Message(self._seq, row.offset, row.length, "", self._about, "", "", Kind.SYSTEM.value, text)
        )
        self._seq += 1
        self._system += 1

    def _say(self, line: Line, told: Told, time: Time) -> None:
        row, place, lost = line.row, self._place(told), line.lost
        for reason, so in ((_LOST, lost), (_OPEN, told.doubtful), (_UNTOLD, not time.local)):
            if so:
                self._tally.doubt(reason, row.offset)
        giver, taker = (self._id_of(place, one) for one in (told.giver, told.taker))
        said = " ".join(filter(None, (line.value("at"), line.value("date"), line.value("time"))))
        text, names = line.text()
        message = Message(
            self._seq, row.offset, row.length, "", place, giver, _short(told.giver), told.kind.value, text,
            time.local, time.utc, time.certainty, said[:_LONGEST_TIME],
        )  # fmt: skip
        message.flags = " ".join([Flag.LOST_DIGITS] * lost + [Flag.CUT] * (len(message.text) > LONGEST_TEXT))
        self._outlet.message(message, names)
        if told.act is not None:
            event = Event(self._seq, told.act.value, _short(told.giver), giver, value=told.value, source=self._source)
            if taker:
                event.targets, event.target_ids = (_short(told.taker),), (taker,)
            self._outlet.event(event)
        self._first = min(self._first or time.local, time.local or self._first)
        self._last = max(self._last, time.local)
        self._doubtful += lost or told.doubtful or not time.local
        self._seq += 1

    def _place(self, told: Told) -> str:
        """The chat between two: the same in the records of both, where both are known."""
        platform = self._columns.rows
        names = sorted(self._known(one) for one in told.between)
        native = " ".join(names) if all(names) and not any(one.lost for one in told.between) else ""
        scope = f"{self._request.source}/{'/'.join(one.said for one in told.between)}"
        key = conversation_key(platform, scope, native)
        if key not in self._told:
            if len(self._told) >= _HELD:
                self._told.clear()
            self._told[key] = None
            title = " and ".join(filter(None, names)) or _NAMELESS
            self._outlet.conversation(Conversation(key, platform, native, title[:_LONGEST_NAME], "direct"))
        return key

    def _known(self, one: Number) -> str:
        """By what somebody is known wherever they are named."""
        if self._columns.rows == "calls" and not one.lost and (phone := telephone(one.said, self._request.region)):
            return phone
        return plain(one.said)

    def _id_of(self, place: str, one: Number) -> str:
        if not one.said:
            return ""
        platform = self._columns.rows
        identifier = "" if one.lost else one.said if platform == "calls" else one.said.lower()
        return self._parties.id_of(platform, place, identifier, one.said)

    def _report(self) -> Reading:
        reading = Reading(
            form=_FORMS[self._columns.rows],
            messages=self._seq,
            system=self._system,
            understood=self._seq - self._doubtful,
            unread_bytes=self._unread,
            first=self._first,
            last=self._last,
            date_order=DateOrder(self._order, "given", "given", told="the meaning of the columns says so"),
        )
        if not self._zone_name:
            reading.warnings.append("no zone was named: times are as they are written, and no moments")
        if not self._holder.said and self._columns.rows == "payments":
            reading.warnings.append("whose account it is was not said: name it as `holder` in the meaning of columns")
        return self._tally.into(reading)


def _line_of(row: Row, header: Header) -> Line | None:
    """A row that has as many cells as the header, or more in which nothing stands."""
    cells, width = row.cells, header.width
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return None
    return Line(header, row._replace(cells=cells[:width]))


def _short(one: Number) -> str:
    return one.said[:_LONGEST_NAME]
