"""The table of sites as it comes from a spreadsheet: decoded, split into rows, each under the line where it begins.

Columns have fixed names (`COLUMNS`, docs/operations.md), in any order; separated by commas, semicolons or tabs.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COLUMNS: Final = (
    "site",
    "district",
    "place",
    "address",
    "home",
    "team",
    "lead",
    "members",
    "warrant",
    "court",
    "case",
)
"""What a row may say, in the order in which it is documented."""
NEEDED: Final = frozenset({"site", "district"})
MOST_ROWS: Final = 500
MOST_BYTES: Final = 1_000_000
_SEPARATORS: Final = ",;\t"
# Ends of lines, tabs and all that is not written: none of it belongs into a cell that people read.
_UNWRITTEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the line of the file on which it begins, and its cells by their columns, none of them empty."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """What a cell says; nothing where it is empty."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class Table:
    """The rows of a file, by its line what of it could not be read, and whether there are more rows than are taken."""

    rows: list[Row] = field(default_factory=list)
    faults: dict[int, list[str]] = field(default_factory=dict)
    cut: bool = False

    def blame(self, line: int, why: str) -> None:
        """Keep a fault of a line."""
        self.faults.setdefault(line, []).append(why)


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, else the code page that spreadsheet programs write."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Five bytes are no character there; they are shown as such and can be put right.
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_table(text: str) -> Table:
    """The rows of a table whose first line names its columns; what cannot be read is a fault of its line."""
    table = Table()
    if len(text.encode()) > MOST_BYTES:
        table.blame(1, _too_long())
        return table
    lines = _lines(text.lstrip("\ufeff"), table)
    line, head = next(lines, (1, []))
    columns = [" ".join(name.split()).lower() for name in head]
    if why := _fault_of_head(columns):
        table.blame(line, why)
        return table
    for line, cells in lines:
        _take(table, line, columns, cells)
    return table


def _lines(text: str, table: Table) -> Iterator[tuple[int, Sequence[str]]]:
    """The lines that say something, each with the number of the first of them that it takes up."""
    head = next((line for line in text.split("\n") if line.strip()), "")
    # A line's end within quotes is a part of its cell; the reader says to which line it has come.
    reader = csv.reader(
        (f"{line}\n" for line in text.split("\n")), delimiter=max(_SEPARATORS, key=head.count), strict=True
    )
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            table.blame(line, _("From here on it cannot be read: %(why)s") % {"why": error})
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _fault_of_head(columns: Sequence[str]) -> str:
    words = {"names": ", ".join(COLUMNS)}
    if unknown := [name for name in columns if name not in COLUMNS]:
        return _("No such column: %(unknown)s. There are: %(names)s.") % {**words, "unknown": ", ".join(unknown)[:200]}
    if len(set(columns)) != len(columns):
        return _("A column is named twice.")
    if NEEDED - set(columns) or not {"place", "address"} & set(columns):
        return _("The first line names site, district, and place or address. Columns there are: %(names)s.") % words
    return ""


def _take(table: Table, line: int, columns: Sequence[str], cells: Sequence[str]) -> None:
    if any(cell.strip() for cell in cells[len(columns) :]):
        table.blame(line, _("It has more cells than there are columns."))
        return
    if len(table.rows) == MOST_ROWS:
        if not table.cut:
            table.cut = True
            table.blame(line, _too_long())
        return
    said = {name: _tidy(cell) for name, cell in zip(columns, cells, strict=False)}
    table.rows.append(Row(line, {name: cell for name, cell in said.items() if cell}))


def _too_long() -> str:
    return _("The table is too long: at most %(most)d rows at once.") % {"most": MOST_ROWS}


def _tidy(cell: str) -> str:
    return " ".join(_UNWRITTEN.sub(" ", cell).split())
