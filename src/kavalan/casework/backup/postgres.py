"""A copy of a PostgreSQL database, by PostgreSQL's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.conninfo import make_conninfo

from kavalan.casework.backup.errors import BackupError
from kavalan.casework.backup.manifest import Head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_PARAMETERS = {"NAME": "dbname", "USER": "user", "HOST": "host", "PORT": "port"}
_HEAD = "SELECT number, encode(hash, 'hex') FROM ledger_entry ORDER BY number DESC LIMIT 1"


def dump(settings: Mapping[str, Any], to: Path) -> Head | None:
    """Write what `pg_dump` says of a database in use, in its custom form; the head of its ledger is returned.

    Args:
        settings: Django's, of this database.
        to: a new file.

    Raises:
        BackupError: there is no `pg_dump`, or it fails; the text carries its words.
    """
    with _connected(settings) as connection:
        # The head is read from the very snapshot that is dumped.
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        head = _head(connection)
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}")
        _run("pg_dump", options, settings)
    return head


def load(settings: Mapping[str, Any], dumped: Path) -> Head | None:
    """Restore into an empty database, in one transaction; the head of its ledger is returned.

    Raises:
        BackupError: it is not empty, there is no `pg_restore`, or it fails.
    """
    with _connected(settings) as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        (count,) = connection.execute(tables).fetchone() or (0,)
    if count:
        raise BackupError("the database that DATABASE_URL names is not empty; make a new one and name that")
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    _run("pg_restore", (*options, str(dumped)), settings)
    with _connected(settings) as connection:
        return _head(connection)


def _head(connection: psycopg.Connection[tuple[Any, ...]]) -> Head | None:
    there = connection.execute("SELECT to_regclass('ledger_entry') IS NOT NULL").fetchone()
    last = connection.execute(_HEAD).fetchone() if there and there[0] else None
    return Head(last[0], last[1]) if last else None


@contextmanager
def _connected(settings: Mapping[str, Any]) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    try:
        with psycopg.connect(_address(settings), password=settings.get("PASSWORD") or None) as connection:
            yield connection
    except psycopg.Error as error:
        message = f"PostgreSQL: {error}"
        raise BackupError(message) from error


def _run(program: str, options: Sequence[str], settings: Mapping[str, Any]) -> None:
    if shutil.which(program) is None:
        message = f"there is no {program} on this machine; install the client programs of your PostgreSQL's version"
        raise BackupError(message)
    # Not on the command line, which everybody on the machine can read.
    secret = {"PGPASSWORD": str(settings["PASSWORD"])} if settings.get("PASSWORD") else {}
    command = [program, f"--dbname={_address(settings)}", *options]
    done = subprocess.run(
        command, env=os.environ | secret, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        message = f"{program}: {done.stderr.strip()}"
        raise BackupError(message)


def _address(settings: Mapping[str, Any]) -> str:
    """The database as libpq names it, without the password."""
    known = {to: str(settings[name]) for name, to in _PARAMETERS.items() if settings.get(name)}
    options = {name: value for name, value in settings.get("OPTIONS", {}).items() if isinstance(value, str)}
    return make_conninfo("", **{**options, **known})
