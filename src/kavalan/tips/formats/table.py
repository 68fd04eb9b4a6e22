"""A partner's table: each row a tip, by the meaning that somebody gave to its columns."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING, BinaryIO, Literal, TypeAlias
from zoneinfo import ZoneInfo

from kavalan.tips.errors import TipError
from kavalan.tips.model import Account, Capture, File, Leftover, Passage, Person, Tip, Unread
from kavalan.tips.moments import moment_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.tips.columns import Columns, Meaning
    from kavalan.tips.model import Moment

FORM = "table"

_LONGEST_CELL = 1 << 20
_SAMPLE = 1 << 16
_DELIMITERS = ",;\t|"
_Digest: TypeAlias = Literal["md5", "sha256"]
_DIGEST: dict[_Digest, re.Pattern[str]] = {
    "md5": re.compile(r"[0-9A-Fa-f]{32}"),
    "sha256": re.compile(r"[0-9A-Fa-f]{64}"),
}


def read_table(source: BinaryIO, columns: Columns) -> Iterator[Tip]:
    """The rows of a table, one at a time; constant memory. A row that does not fit the header is told as unread.

    Raises:
        TipError: it has no header, or the header lacks a column that was given a meaning.
    """
    csv.field_size_limit(_LONGEST_CELL)
    text = io.TextIOWrapper(source, _encoding(source), "replace", newline="")
    for _ in range(columns.skip):
        text.readline()
    start = text.readline()
    header = next(csv.reader([start], delimiter=columns.delimiter or _delimiter(start)), [])
    names = [name.strip().removeprefix("\ufeff") for name in header]
    if missing := [name for name in columns.meaning if name not in names]:
        message = f"there is no column {missing[0]!r}; the first line has: {', '.join(names) or 'nothing'}"
        raise TipError(message)
    rows = csv.reader(text, delimiter=columns.delimiter or _delimiter(start))
    first = columns.skip + 2
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Tip(form=FORM, unread=(Unread(f"line {first + rows.line_num - 1}", str(error)),))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(names, cells, columns, f"line {first + rows.line_num - 1}")


def _encoding(source: BinaryIO) -> str:
    """UTF-8 where it is that, UTF-16 by its mark, otherwise the code page of spreadsheet programs."""
    head = source.read(_SAMPLE)
    source.seek(0)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        # The last character of a sample may be cut.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < _SAMPLE)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _row(names: Sequence[str], cells: Sequence[str], columns: Columns, where: str) -> Tip:
    given = [cell.strip() for cell in cells]
    if len(given) != len(names):
        why = f"{len(given)} cells, and the header has {len(names)}"
        left = tuple(Leftover(f"{where}, cell {number}", cell) for number, cell in enumerate(given, 1) if cell)
        return Tip(form=FORM, unread=(Unread(where, why),), leftovers=left)
    row = _Row(dict(zip(names, given, strict=True)), columns)
    left = tuple(Leftover(name, said) for name, said in row.cells.items() if said and name not in columns.meaning)
    return Tip(
        form=FORM,
        number=row.one("number"),
        received=row.moment("received"),
        sender=row.one("sender") or columns.sender,
        incident=row.one("incident"),
        incident_at=row.moment("incident_at"),
        platform=row.one("platform"),
        priority=row.one("priority"),
        persons=row.persons(),
        files=row.files(),
        passages=tuple(Passage(name, said) for name, said in row.named("note")),
        leftovers=left + row.misfits(),
    )


class _Row:
    """The cells of one row by what they mean."""

    def __init__(self, cells: dict[str, str], columns: Columns) -> None:
        self.cells = cells
        self._columns = columns

    def named(self, meaning: Meaning) -> list[tuple[str, str]]:
        pairs = ((name, self.cells[name]) for name, means in self._columns.meaning.items() if means == meaning)
        return [(name, said) for name, said in pairs if said]

    def one(self, meaning: Meaning) -> str:
        return next((said for _, said in self.named(meaning)), "")

    def all(self, meaning: Meaning) -> tuple[str, ...]:
        return tuple(said for _, said in self.named(meaning))

    def moment(self, meaning: Meaning) -> Moment | None:
        said = self.one(meaning)
        return moment_in(said, self._columns.order, ZoneInfo(self._columns.zone)) if said else None

    def persons(self) -> tuple[Person, ...]:
        address = self.one("ip")
        captures = (Capture("IP Address", address, self.one("port"), self.moment("ip_at")),) if address else ()
        person = Person(
            role="reported",
            name=self.one("name"),
            born=self.one("born"),
            account=Account(id=self.one("account")),
            emails=self.all("email"),
            phones=self.all("phone"),
            addresses=self.all("address"),
            captures=captures,
        )
        return () if person == Person(role="reported") else (person,)

    def files(self) -> tuple[File, ...]:
        file = File(name=self.one("file_name"), md5=self._digest("md5"), sha256=self._digest("sha256"))
        return () if file == File() else (file,)

    def misfits(self) -> tuple[Leftover, ...]:
        """Cells that ought to be a digest and are none."""
        wrong = [(name, said) for kind in _DIGEST for name, said in self.named(kind) if not self._digest(kind)]
        return tuple(Leftover(name, said) for name, said in wrong)

    def _digest(self, kind: _Digest) -> str:
        said = self.one(kind)
        return said.lower() if _DIGEST[kind].fullmatch(said) else ""
