"""A copy of a SQLite database that is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from kavalan.casework.backup.errors import BackupError
from kavalan.casework.backup.manifest import Head

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = "SELECT number, hex(hash) FROM ledger_entry ORDER BY number DESC LIMIT 1"


def dump(path: Path, to: Path) -> Head | None:
    """Copy a database as it is at one moment, while others write; the head of its ledger is returned.

    Raises:
        BackupError: the copy is damaged, so the database is; or it cannot be written.
    """
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(_opened(path)) as source, closing(sqlite3.connect(to)) as copy:
            # All pages in one step: one snapshot, and in WAL mode nobody waits for it.
            source.backup(copy, pages=-1)
            # One file to carry; the desk switches it back.
            copy.execute("PRAGMA journal_mode=DELETE")
            faults = [text for (text,) in copy.execute("PRAGMA quick_check(1)")]
    except sqlite3.Error as error:
        message = f"{path} cannot be copied: {error}. `kavalan doctor --workspace DIR` looks further."
        raise BackupError(message) from error
    if faults != ["ok"]:
        message = f"{path} is damaged: {faults[0]}. Restore the last backup; this one was not made."
        raise BackupError(message)
    return head(to)


def head(path: Path) -> Head | None:
    """The last entry of the ledger of a database; None where it has none.

    Raises:
        BackupError: it is no database.
    """
    try:
        with closing(_opened(path)) as database:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'ledger_entry'").fetchone():
                return None
            last = database.execute(_HEAD).fetchone()
    except sqlite3.Error as error:
        message = f"{path} is no database that can be read: {error}"
        raise BackupError(message) from error
    return Head(last[0], last[1].lower()) if last else None


def _opened(path: Path) -> sqlite3.Connection:
    """Not `mode=ro`: after a power cut the first one to open a database must write, to take in its WAL."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=20)
