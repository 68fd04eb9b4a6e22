"""What ought to be there, and when each piece of it was last read: a small SQLite file beside the blobs.

A blob exists where its file exists, and no other record is asked for that. The register adds what a directory cannot
tell: that something is missing, and when it was last verified. It can be lost without losing a blob: what lies in the
directory is entered again as never verified.

Everything is cut into pieces of 64 MiB, so that a budget of bytes is kept to whatever the size of a blob. An operation
costs O(log pieces), but for `standing`, which counts all; memory is constant.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kavalan.vault.errors import BusyError, VaultError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Kind = Literal["blob", "held"]
PIECE: Final = 64 << 20
MOST_FAULTS: Final = 1000
MISSING: Final = "is missing; restore it from a backup"

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER: Final = 0
_WAIT: Final = 20.0
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS thing (
    name TEXT PRIMARY KEY, kind TEXT NOT NULL, size INTEGER NOT NULL, entered INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS piece (
    name TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL,
    looked INTEGER NOT NULL, verified INTEGER NOT NULL, fault TEXT, PRIMARY KEY (name, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS piece_looked ON piece (looked, name, number);
CREATE INDEX IF NOT EXISTS piece_verified ON piece (verified);
CREATE INDEX IF NOT EXISTS piece_fault ON piece (name, number) WHERE fault IS NOT NULL;
"""


class Piece(NamedTuple):
    """64 MiB of something, or what is left of it.

    Attributes:
        name: of the blob, or of what is held in place.
        kind: which of the two.
        number: from 0.
        size: plain bytes.
        whole: bytes of all its pieces.
    """

    name: str
    kind: Kind
    number: int
    size: int
    whole: int


class Look(NamedTuple):
    """How reading a piece went.

    Attributes:
        name: of the blob, or of what is held in place.
        number: of the piece.
        at: when, aware.
        fault: what is wrong, or None.
    """

    name: str
    number: int
    at: datetime
    fault: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something is not as it was stored.

    Attributes:
        name: of the blob, of what is held in place, or of a file that does not belong to the vault.
        what: what is wrong and what to do.
    """

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How much is known to be whole.

    Attributes:
        things: blobs and what is held in place.
        size: plain bytes of all of them.
        oldest: when the piece that was verified longest ago was; None where one was never verified, is at fault, or
            nothing is kept.
        unverified: bytes that were never verified, or are at fault; 1 where all of those are empty.
        faults: the first thousand, by name.
    """

    things: int
    size: int
    oldest: datetime | None
    unverified: int
    faults: tuple[Fault, ...]

    def all_verified_within(self, days: int, now: datetime) -> bool:
        """Whether everything was read and found whole in the last days. True of an empty vault."""
        if self.faults or self.unverified:
            return False
        return self.oldest is None or now - self.oldest <= timedelta(days=days)


class Register:
    """The register of one vault. May be used by several threads and processes.

    Args:
        path: its file, made if absent.

    Raises:
        VaultError: the file is no register; says what to do.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # For this user alone, whatever this process lets others read; where it cannot be made, SQLite says why.
        with suppress(OSError):
            path.touch(0o600)
        with self._change() as database:
            for statement in _SCHEMA.split(";"):
                database.execute(statement)

    def enter(self, name: str, kind: Kind, size: int, at: datetime, *, verified: bool) -> None:
        """Something was written: what was known about that name is replaced."""
        moment = _number(at)
        with self._change() as database:
            database.execute("INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?)", (name, kind, size, moment))
            database.execute("DELETE FROM piece WHERE name = ?", (name,))
            seen = moment if verified else _NEVER
            database.executemany(
                "INSERT INTO piece VALUES (?, ?, ?, ?, ?, NULL)",
                ((name, number, part, seen, seen) for number, part in enumerate(_parts(size))),
            )

    def knows(self, name: str) -> bool:
        """Whether something of that name is entered."""
        with self._read() as database:
            return database.execute("SELECT 1 FROM thing WHERE name = ?", (name,)).fetchone() is not None

    def entered(self, name: str) -> datetime | None:
        """When something was entered."""
        with self._read() as database:
            row = database.execute("SELECT entered FROM thing WHERE name = ?", (name,)).fetchone()
        return None if row is None else _time(row[0])

    def verified(self, name: str) -> datetime | None:
        """Since when all of something is known to be whole; None where a piece never was, or is at fault now."""
        with self._read() as database:
            row = database.execute("SELECT min(verified) FROM piece WHERE name = ?", (name,)).fetchone()
        return _time(row[0]) if row[0] else None

    def remove(self, name: str) -> None:
        """It is gone, and ought to be."""
        with self._change() as database:
            database.execute("DELETE FROM piece WHERE name = ?", (name,))
            database.execute("DELETE FROM thing WHERE name = ?", (name,))

    def names(self, kind: Kind, prefix: str) -> set[str]:
        """All that begin with a prefix; two letters of it keep the answer to a 256th of all."""
        with self._read() as database:
            rows = database.execute(
                "SELECT name FROM thing WHERE name >= ? AND name < ? AND kind = ?", (prefix, prefix + "g", kind)
            )
            return {name for (name,) in rows}

    def due(self, before: datetime, limit: int) -> list[Piece]:
        """The pieces that were looked at longest ago, none of them since a moment, none of what is missing."""
        with self._read() as database:
            rows = database.execute(
                "SELECT name, kind, number, piece.size, thing.size FROM piece JOIN thing USING (name)"
                " WHERE looked < ? AND fault IS NOT ? ORDER BY looked, name, number LIMIT ?",
                (_number(before), MISSING, limit),
            )
            return [Piece(*row) for row in rows]

    def record(self, looks: Iterable[Look]) -> None:
        """Keep how reading went, all or nothing. A piece at fault counts as never verified."""
        rows = [
            (_number(look.at), _NEVER if look.fault else _number(look.at), look.fault, look.name, look.number)
            for look in looks
        ]
        with self._change() as database:
            database.executemany(
                "UPDATE piece SET looked = ?, verified = ?, fault = ? WHERE name = ? AND number = ?", rows
            )

    def miss(self, name: str) -> None:
        """It is gone, and ought not to be. Stays noted until it is found."""
        with self._change() as database:
            database.execute("UPDATE piece SET verified = 0, fault = ? WHERE name = ?", (MISSING, name))

    def find(self, name: str) -> None:
        """It was missing and is there again: to be read before all else."""
        with self._change() as database:
            database.execute("UPDATE piece SET looked = 0, fault = NULL WHERE name = ?", (name,))

    def missing(self) -> set[str]:
        """All that is noted as missing."""
        with self._read() as database:
            return {name for (name,) in database.execute("SELECT name FROM piece WHERE fault = ?", (MISSING,))}

    def standing(self) -> Standing:
        """How much is known to be whole."""
        with self._read() as database:
            things, size = database.execute("SELECT count(*), coalesce(sum(size), 0) FROM thing").fetchone()
            (oldest,) = database.execute("SELECT min(verified) FROM piece").fetchone()
            (unverified,) = database.execute(
                "SELECT coalesce(sum(size), 0) + (count(*) > 0 AND sum(size) = 0) FROM piece WHERE verified = ?",
                (_NEVER,),
            ).fetchone()
            rows = database.execute(
                "SELECT name, min(fault) FROM piece WHERE fault IS NOT NULL GROUP BY name LIMIT ?", (MOST_FAULTS,)
            )
            faults = tuple(Fault(name, what) for name, what in rows)
        return Standing(things, size, _time(oldest) if oldest else None, unverified, faults)

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            yield database
            database.execute("COMMIT")

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        with self._open() as database:
            yield database

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for each use: any thread may come."""
        try:
            with closing(sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None)) as database:
                database.execute("PRAGMA synchronous = FULL")
                # Three waits for the disk less than with a journal that is made and deleted each time.
                database.execute("PRAGMA journal_mode = TRUNCATE")
                yield database
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                raise BusyError(self._path, "another process changes it; try again later") from error
            raise VaultError(self._path, f"cannot be used: {error}") from error
        except sqlite3.DatabaseError as error:
            raise VaultError(
                self._path,
                f"is damaged ({error}); remove it: blobs are entered anew as never verified, but what is missing"
                " since then only the desk's own records know",
            ) from error


def _parts(size: int) -> Iterator[int]:
    """The sizes of the pieces of something; nothing at all still has one, of no bytes."""
    yield from (min(PIECE, size - start) for start in range(0, max(size, 1), PIECE))


def _number(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def _time(number: int) -> datetime:
    return _EPOCH + timedelta(microseconds=number)
