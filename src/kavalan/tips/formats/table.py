"""A partner's table: each row a tip, by the meaning that somebody gave to its columns."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from kavalan.tips.formats.lines import LONGEST, Lines
from kavalan.tips.formats.row import RowReader
from kavalan.tips.model import Leftover, Tip, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.tips.columns import Columns

FORM = "table"

_DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r"\ufeff?sep=(.)\s*")
"""A first line that spreadsheet programs write for themselves."""


class Table(NamedTuple):
    """A table whose header has been read.

    Attributes:
        names: of its columns.
        delimiter: between its cells.
        lines: those behind the header.
    """

    names: list[str]
    delimiter: str
    lines: Lines


def read_table(source: BinaryIO, columns: Columns) -> Iterator[Tip]:
    """The rows of a table, one at a time; constant memory. A row that does not fit the header is told as unread.

    Raises:
        TipError: it has no header, or the header lacks a column that was given a meaning.
    """
    table = open_table(source, columns.skip, columns.delimiter)
    lines, delimiter = table.lines, table.delimiter
    reader = RowReader(table.names, columns)
    # Strict, or a quotation mark that is never closed would take in all rows behind it.
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield from _apart(lines, reader, delimiter, str(error))
            continue
        if len(cells) == reader.width or _longer_by_nothing(cells, reader.width):
            yield from reader.tips(cells)
        elif any(cell.strip() for cell in cells):
            yield from _apart(lines, reader, delimiter, _wrong(cells, reader.width))


def open_table(source: BinaryIO, skip: int = 0, delimiter: str = "") -> Table:
    """Read up to the header, which may be empty.

    Args:
        source: the table.
        skip: lines before the header.
        delimiter: between cells; found by itself where it is empty.
    """
    csv.field_size_limit(LONGEST)
    lines = Lines(source)
    for _ in range(skip):
        next(lines, "")
    start = next(lines, "")
    if said := _SEPARATOR.fullmatch(start):
        delimiter, start = delimiter or said[1], next(lines, "")
    delimiter = delimiter or max(_DELIMITERS, key=start.count)
    return Table(_names(start, delimiter), delimiter, lines)


def _names(start: str, delimiter: str) -> list[str]:
    """What the header calls its columns; each name once, and none empty."""
    names: list[str] = []
    for number, cell in enumerate(next(csv.reader([start], delimiter=delimiter), []), 1):
        name = cell.strip().removeprefix("\ufeff") or f"column {number}"
        names.append(name if name not in names else f"{name} (column {number})")
    return names


def _longer_by_nothing(cells: Sequence[str], width: int) -> bool:
    return len(cells) > width and not any(cells[width:])


def _wrong(cells: Sequence[str], width: int) -> str:
    return f"{len(cells)} cells, and the header has {width}"


def _apart(lines: Lines, reader: RowReader, delimiter: str, why: str) -> Iterator[Tip]:
    """The lines of a row that does not fit, each for itself.

    Where a row took several, a quotation mark may never have been closed: one bad row costs none of those behind it.
    """
    alone = len(lines.taken) == 1
    for number, line in enumerate(lines.taken, lines.first):
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error as error:
            yield _unread(number, str(error), [line])
            continue
        if len(cells) == reader.width and line.count('"') % 2 == 0:
            yield from reader.tips(cells)
        elif any(cell.strip() for cell in cells):
            yield _unread(number, why if alone else _wrong(cells, reader.width), cells)


def _unread(number: int, why: str, cells: Sequence[str]) -> Tip:
    where = f"line {number}"
    left = tuple(
        Leftover(f"{where}, cell {place}", cell.strip()) for place, cell in enumerate(cells, 1) if cell.strip()
    )
    return Tip(form=FORM, unread=(Unread(where, why),), leftovers=left)
