"""Rows of tables of which nothing is sure: columns may lack, pages be broken, texts be in no encoding."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

import apsw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Value: TypeAlias = "int | float | str | bytes | None"
Row: TypeAlias = "tuple[Value, ...]"
Unreadable: TypeAlias = "Callable[[str, int], None]"
Run: TypeAlias = "Callable[[str, Sequence[Value]], Iterator[Row]]"

_FIRST: Final = -(1 << 63)
_LAST: Final = (1 << 63) - 1
_NONE: Final = 1 << 63
"""Beyond every number."""
_MOST_GAPS: Final = 10_000
_LOST: Final = "rows of {} that cannot be read; places are their numbers"
_SLOW: Final = "rows of {} that take too long to find; places are their numbers"


class Rows:
    """One table's rows by a whole number, in its order.

    Args:
        run: asks the database.
        table: that is there.
        key: the column of the number.
        wanted: columns; None for one that the table has not.
        encoding: of the database's texts.

    Attributes:
        tolerant: texts are taken as bytes, for one of them is not of the database's encoding.
    """

    def __init__(self, run: Run, table: str, key: str, wanted: Sequence[str | None], encoding: str) -> None:
        self.table = table
        self.tolerant = False
        self._run = run
        self._key = key if key == "rowid" else quoted(key)
        self._wanted = wanted
        self._encoding = encoding
        self._plain = self._asked([self._key, *map(_named, wanted)])
        self._sorts: bool | None = None

    def since(self, number: int) -> Iterator[Row]:
        """Rows whose key is a number or more: key, then the columns wanted.

        Raises:
            apsw.Error: they cannot be read.
            UnicodeDecodeError: a text is not of the encoding, and `tolerant` is not set.
        """
        if not self.tolerant:
            yield from self._run(self._plain, (number,))
            return
        pairs = ((_in_bytes(one), f"typeof({_named(one)}) = 'text'") for one in self._wanted)
        for row in self._run(self._asked([self._key, *chain.from_iterable(pairs)]), (number,)):
            yield row[0], *(self._text(one) if text else one for one, text in zip(row[1::2], row[2::2], strict=True))

    def sorts(self) -> bool:
        """Whether no index is in its order, so that each beginning costs a sort.

        Raises:
            apsw.Error: they cannot be read.
        """
        if self._sorts is None:
            plan = self._run(f"EXPLAIN QUERY PLAN {self._asked([self._key])}", (0,))
            self._sorts = any("TEMP B-TREE" in str(row[-1]) for row in plan)
        return self._sorts

    def _asked(self, names: Sequence[str]) -> str:
        return (
            f"SELECT {', '.join(names)} FROM {quoted(self.table)}"  # noqa: S608 quoted
            f" WHERE {self._key} >= ? AND typeof({self._key}) = 'integer' ORDER BY {self._key}"
        )

    def _text(self, value: Value) -> Value:
        if not isinstance(value, bytes):
            return value
        return value.decode(self._encoding, "surrogateescape" if self._encoding == "UTF-8" else "replace")


def all_of(rows: Rows, tell: Unreadable) -> Iterator[Row]:
    """Every row that can be read; of those between, the number of the first is told."""
    number, gaps = _FIRST, 0
    while number <= _LAST:
        try:
            for row in rows.since(number):
                _rises(number, row)
                number = whole(row[0]) + 1
                yield row
        except UnicodeDecodeError:
            rows.tolerant = True
        except apsw.InterruptError:
            tell(_SLOW.format(rows.table), number)
            return
        except apsw.Error:
            tell(_LOST.format(rows.table), number)
            gaps += 1
            number = _next_readable(rows, number) if gaps <= _MOST_GAPS else _LAST + 1
        else:
            return


def one_of(rows: Rows, number: int, tell: Unreadable) -> Iterator[Row]:
    """The first row of a number, where there is one."""
    try:
        row = next(rows.since(number), None)
    except UnicodeDecodeError:
        rows.tolerant = True
        yield from one_of(rows, number, tell)
        return
    except apsw.Error:
        tell(_LOST.format(rows.table), number)
        return
    if row is not None and row[0] == number:
        yield row


class Lookup:
    """Rows of a table by their numbers, in any order.

    Args:
        rows: the table's; None where there is no such table.
        tell: is told what cannot be read: why, and which.
    """

    def __init__(self, rows: Rows | None, tell: Unreadable) -> None:
        self._rows = rows
        self._tell = tell

    def of(self, number: int) -> Row | None:
        """The first row of a number: key, then the columns wanted; None for none."""
        return None if self._rows is None else next(one_of(self._rows, number, self._tell), None)


class Beside:
    """Rows that belong to rows of another table; both are walked together, so that all cost one pass.

    Args:
        rows: the table's, by the other's numbers; None where there is no such table.
        tell: is told what cannot be read: why, and of which number.
    """

    MOST: Final = 10_000
    """Rows of one number; that there are more is told."""
    _FAR: Final = 64
    """Numbers ahead, to which it is quicker to jump than to walk, for between them may be as many rows."""

    def __init__(self, rows: Rows | None, tell: Unreadable) -> None:
        self._rows = rows
        self._tell = tell
        self._ahead: Iterator[Row] | None = None
        self._next: Row | None = None
        # No number from the first up to the second has rows: nearly all questions are answered by this.
        self._until = _FIRST
        self._key = _FIRST if rows is not None else _NONE
        self._jumps = True

    def of(self, number: int) -> list[Row]:
        """The rows of a number: key, then the columns wanted. Rising numbers are the quickest."""
        if self._until <= number < self._key or self._rows is None:
            return []
        try:
            return self._of(self._rows, number)
        except UnicodeDecodeError:
            self._rows.tolerant = True
            self._let_go()
            return self.of(number)
        except apsw.Error:
            self._let_go()
            self._tell(_LOST.format(self._rows.table), number)
            return []

    def first(self, number: int) -> Row | None:
        """The first row of a number; None for none."""
        if self._until <= number < self._key:
            return None
        found = self.of(number)
        return found[0] if found else None

    def quiet(self, number: int) -> int:
        """Up to which number, from one that was just asked for, none has rows; that number itself where unknown."""
        return self._key if self._until <= number + 1 else number

    def _of(self, rows: Rows, number: int) -> list[Row]:
        if self._ahead is None or number < self._until or (self._jumps and number - self._key > self._FAR):
            self._jumps = not rows.sorts()
            self._ahead, self._key = rows.since(number), number
            self._step(self._ahead)
        while self._key < number:
            self._step(self._ahead)
        found: list[Row] = []
        while self._next is not None and self._key == number:
            found.append(self._next)
            if len(found) > self.MOST:
                self._tell(f"more than {self.MOST} rows of {rows.table} for one; places are its number", number)
                self._let_go()
                return found[: self.MOST]
            try:
                self._step(self._ahead)
            except apsw.Error:
                # It is told when somebody asks for what cannot be read.
                self._let_go()
                return found
        self._until = number + 1
        return found

    def _step(self, ahead: Iterator[Row]) -> None:
        self._next = next(ahead, None)
        if self._next is not None:
            _rises(self._key, self._next)
        self._key = _NONE if self._next is None else whole(self._next[0])

    def _let_go(self) -> None:
        """Begin anew with the next question."""
        self._ahead, self._until, self._key = None, _FIRST, _FIRST


def quoted(name: str) -> str:
    """A table's or a column's name as it stands in a question."""
    return '"' + name.replace('"', '""') + '"'


def whole(value: Value) -> int:
    """A whole number; 0 for anything else."""
    return value if isinstance(value, int) else 0


def _rises(number: int, row: Row) -> None:
    """Raise where a row does not stand in its order: in a broken tree SQLite goes back, and would do so for ever."""
    if whole(row[0]) < number:
        raise apsw.CorruptError("rows are out of order")


def _next_readable(rows: Rows, number: int) -> int:
    """The least number after which rows can be read again, or the end is reached."""
    step, broken = 1, number
    while not _readable(rows, number + step):
        broken = number + step
        step *= 2
    good = number + step
    while good - broken > 1:
        middle = (good + broken) // 2
        if _readable(rows, middle):
            good = middle
        else:
            broken = middle
    return good


def _readable(rows: Rows, number: int) -> bool:
    if number > _LAST:
        return True
    try:
        next(rows.since(number), None)
    except UnicodeDecodeError:
        rows.tolerant = True
        return _readable(rows, number)
    except apsw.Error:
        return False
    return True


def _named(column: str | None) -> str:
    return "NULL" if column is None else quoted(column)


def _in_bytes(column: str | None) -> str:
    name = _named(column)
    return f"CASE typeof({name}) WHEN 'text' THEN CAST({name} AS BLOB) ELSE {name} END"
