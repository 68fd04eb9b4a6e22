"""The tables of a report of ALEAPP or iLEAPP as chats, in two passes and in memory that does not grow with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.clock import NO_ZONE
from kavalan.chats.errors import ChatError
from kavalan.chats.leapp.artifact import artifact_of
from kavalan.chats.leapp.lines import Line, Table
from kavalan.chats.leapp.places import Places
from kavalan.chats.leapp.telling import Telling
from kavalan.chats.pieces import pieces_of
from kavalan.chats.reading import DateOrder, Reading
from kavalan.chats.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request

FORM: Final = "ALEAPP or iLEAPP, TSV exports"
_BROKEN: Final = "a row that does not fit the header of its table"
_STRANGE: Final = "a table whose columns are not known"


def read_tables(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in the tables of a report, one table after another; the report comes last.

    Raises:
        ChatError: the columns of none of them are known.
    """
    return _TablesReader(request, source).read()


class _TablesReader:
    """Reads the tables of one folder."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        self._request = request
        self._starts = {one.name: one.offset for one in request.pieces}
        self._pieces = pieces_of(source, request)
        self._places = Places(request.source)
        self._telling = Telling(request, self._places)
        self._unread = 0
        self._left: dict[str, list[str]] = {}

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of them."""
        for table, line in self._lines(told=False):
            self._places.learn(table.artifact.platform, line.value("chat"), line.value("chat_id"))
        for _, line in self._lines(told=True):
            self._telling.take(line)
            yield from self._telling.outlet.ready()
        if not self._left:
            raise ChatError("no table of ALEAPP or iLEAPP that holds chats lies in it")
        yield from self._telling.outlet.rest()
        yield self._report()

    def _lines(self, *, told: bool) -> Iterator[tuple[Table, Line]]:
        """The rows that fit their tables; what does not is told in one of the passes."""
        for name, piece in self._pieces.items():
            start = self._starts.get(name, 0)
            rows = rows_of(piece, "\t")
            header = next(rows, None)
            artifact = artifact_of(name.rpartition("/")[2], header.cells) if header is not None else None
            if header is None or artifact is None:
                self._unreadable(_STRANGE, start, piece.seek(0, 2), told=told)
                continue
            table = Table(artifact, header.cells)
            self._left[artifact.name] = table.left
            for row in rows:
                if len(row.cells) == len(header.cells) and not row.fault:
                    # The tools write behind what is there: a second run repeats the header.
                    if [row.cells[0].lstrip("\ufeff"), *row.cells[1:]] != header.cells:
                        yield table, Line(table, row._replace(offset=start + row.offset))
                elif not row.empty:
                    self._unreadable(_BROKEN, start + row.offset, row.length, told=told)

    def _unreadable(self, why: str, offset: int, length: int, *, told: bool) -> None:
        if told:
            self._telling.tally.unreadable(why, offset)
            self._unread += length

    def _report(self) -> Reading:
        telling = self._telling
        return telling.tally.into(
            Reading(
                form=FORM,
                messages=telling.seq,
                system=telling.system,
                understood=telling.seq - telling.doubtful,
                unread_bytes=self._unread,
                first=telling.first,
                last=telling.last,
                date_order=DateOrder("ymd", "stated", "certain", told="dates are ISO 8601"),
                warnings=self._warnings(),
            )
        )

    def _warnings(self) -> list[str]:
        found = [
            "what these tables hold is the word of the tool that wrote them, which the telephone's databases prove"
        ]
        if self._telling.bare:
            found.append("times without an offset are taken for UTC, in which these tools write them")
        if not self._request.zone:
            found.append(NO_ZONE)
        found += [f"{name}: not read are {', '.join(left)}" for name, left in sorted(self._left.items()) if left]
        return found
