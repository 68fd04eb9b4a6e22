"""The tables of an SQLite database and the values in their rows."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.embedded.pages import Cell, Pages, Payload, signed, varint
from kavalan.sources.embedded.schema import Layout, layout_of

Value: TypeAlias = int | float | str | bytes | None

# Bytes that a value of a type takes (section 2.1): nothing, integers, a float, 0, 1, and two that are not in use.
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)
_REAL, _ZERO, _ONE = 7, 8, 9
_BLOB = 12
_TABLES = 10_000
# Of 32767 columns at most; a statement of SQLite makes 2000.
_HEADER_BYTES = 1 << 16
_VALUE_BYTES = 1 << 16
_SCHEMA = Layout(("type", "name", "tbl_name", "rootpage", "sql"), None, keyed=False)


class Table(NamedTuple):
    """A table that has rows of its own: no view, and nothing that a program computes.

    Attributes:
        name: as the database spells it.
        root: the first page of its tree.
        layout: how its rows lie.
    """

    name: str
    root: int
    layout: Layout

    def column(self, place: int) -> str:
        """The name of a column; where the statement tells none, its number from 1."""
        return self.layout.columns[place] if place < len(self.layout.columns) else f"column {place + 1}"

    def places(self, names: Sequence[str]) -> list[int | None]:
        """Where columns lie; None for those that the table has not. Case counts as little as it does in SQLite."""
        known = {name.lower(): place for place, name in enumerate(self.layout.columns)}
        return [known.get(name.lower()) for name in names]

    def has(self, *names: str) -> bool:
        """Whether it has all these columns."""
        return None not in self.places(names)


class Field(NamedTuple):
    """Bytes in a row.

    Attributes:
        column: its place.
        at: where they begin in the record.
        size: how many.
    """

    column: int
    at: int
    size: int


class Database:
    """An SQLite database.

    Attributes:
        pages: its pages.
        tables: those that have rows of their own, in the order of the schema.
    """

    def __init__(self, descriptor: int) -> None:
        """Read the schema.

        Raises:
            DamagedError: there is none.
        """
        self.pages = Pages(descriptor)
        if not self.pages.first_is_tree:
            raise DamagedError("its first page holds no schema: damaged, or encrypted")
        self.tables = list(self._schema())
        self._named = {table.name.lower(): table for table in self.tables}

    def table(self, name: str) -> Table | None:
        """A table by its name, whose case does not count."""
        return self._named.get(name.lower())

    def _schema(self) -> Iterator[Table]:
        count = 0
        for row in self.rows(Table("sqlite_schema", 1, _SCHEMA), _SCHEMA.columns):
            if row is None:
                continue
            kind, name, _, root, statement = row
            if kind != "table" or not isinstance(name, str) or not isinstance(root, int) or root < 1:
                continue
            count += 1
            if count > _TABLES:
                self.pages.damage.note(f"more than {_TABLES} tables")
                return
            yield Table(name, root, layout_of(statement if isinstance(statement, str) else ""))

    def cells(self, table: Table, seen: bytearray, least: int = 0) -> Iterator[Cell | None]:
        """The rows of a table as they lie; see `Pages.cells`."""
        return self.pages.cells(table.root, seen, least)

    def rows(self, table: Table, names: Sequence[str]) -> Iterator[tuple[Value, ...] | None]:
        """The values of some columns in each row of a table; None from time to time, as `Pages.cells` gives it.

        A column that the table or the row has not is None, as is a text or bytes of more than 64 KiB.
        """
        places = table.places(names)
        for cell in self.pages.cells(table.root, self.pages.unseen()):
            if cell is None:
                yield None
                continue
            row = self._values(table, cell.payload, cell.key, places)
            if row is not None:
                yield row

    def row(self, table: Table, rowid: Value, names: Sequence[str]) -> tuple[Value, ...]:
        """The same for the one row with that rowid; all None where there is none."""
        found = None
        if isinstance(rowid, int) and not table.layout.keyed:
            payload = self.pages.find(table.root, rowid)
            if payload is not None:
                found = self._values(table, payload, rowid, table.places(names))
        return found or (None,) * len(names)

    def blobs(self, payload: Payload, least: int) -> list[Field]:
        """The fields of a row that hold bytes, at least so many.

        Raises:
            DamagedError: the row is none.
        """
        found = [
            Field(column, at, (kind - _BLOB) // 2)
            for column, (kind, at) in enumerate(_fields(payload))
            if kind >= _BLOB + 2 * least and not kind & 1
        ]
        return [field for field in found if field.at + field.size <= payload.size]

    def _values(
        self, table: Table, payload: Payload, rowid: int | None, places: Sequence[int | None]
    ) -> tuple[Value, ...] | None:
        try:
            fields = _fields(payload)
            found = [None if at is None or at >= len(fields) else self._value(payload, *fields[at]) for at in places]
        except DamagedError as error:
            self.pages.damage.note(f"a row of a table: {error}")
            return None
        alias = table.layout.rowid
        return tuple(
            rowid if at is not None and at == alias and value is None else value
            for at, value in zip(places, found, strict=True)
        )

    def _value(self, payload: Payload, kind: int, at: int) -> Value:
        size = _taken(kind)
        if size > _VALUE_BYTES:
            return None
        held = payload.read(at, size)
        if len(held) < size:
            raise DamagedError("a value leads out of its row")
        if kind == _REAL:
            return float(struct.unpack(">d", held)[0])
        if kind < _BLOB:
            return int.from_bytes(held, "big", signed=True) if held else {_ZERO: 0, _ONE: 1}.get(kind)
        return held.decode(self.pages.encoding, "replace") if kind & 1 else held


def _fields(payload: Payload) -> list[tuple[int, int]]:
    """The type of each value and where it begins (section 2.1).

    Raises:
        DamagedError: the header of the record is none.
    """
    found = []
    try:
        size, at = varint(payload.read(0, 9), 0)
        if not at <= size <= min(payload.size, _HEADER_BYTES):
            raise DamagedError("its header has no length that can be")
        header, start = payload.read(0, size), size
        while at < size:
            kind = header[at]
            at += 1
            if kind >= 0x80:
                kind, at = varint(header, at - 1)
                kind = signed(kind)
            found.append((kind, start))
            start += _taken(kind)
    except IndexError:
        raise DamagedError("its header breaks off") from None
    return found


def _taken(kind: int) -> int:
    """The bytes that a value of a type takes."""
    if kind >= _BLOB:
        return (kind - _BLOB) >> 1
    return _SIZES[kind] if kind > 0 else 0
