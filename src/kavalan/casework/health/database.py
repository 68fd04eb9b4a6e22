"""The database: can it be reached, is it whole, has it this version's form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, connection

from kavalan.casework import upgrade
from kavalan.casework.health.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

_RESTORE: Final = "stop the desk and `kavalan restore` the last backup into a new folder"
_INVALID: Final = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"


def reached() -> Finding | None:
    """The fault that keeps the database from being opened; None where it opens."""
    # SQLite would make an empty one.
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file():
        return Finding("database", f"{connection.settings_dict['NAME']} is not there", _RESTORE)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        cure = _RESTORE if connection.vendor == "sqlite" else "start the server, or correct DATABASE_URL"
        return Finding("database", f"cannot be opened: {str(error).strip()}", cure)
    return None


def integrity() -> Iterator[Finding]:
    """Whether the database is whole: its pages, indexes and references."""
    try:
        faults = list(_sqlite_faults() if connection.vendor == "sqlite" else _postgresql_faults())
    except DatabaseError as error:
        faults = [Finding("database", str(error).strip(), _RESTORE)]
    yield from faults or [Finding("database", f"{connection.vendor}: whole")]


def _sqlite_faults() -> Iterator[Finding]:
    for (text,) in _rows("PRAGMA quick_check(20)"):
        if text != "ok":
            yield Finding("database", str(text), _RESTORE)
    orphans: dict[str, int] = {}
    for table, _, parent, _ in _rows("PRAGMA foreign_key_check"):
        key = f"rows of {table} that refer to nothing in {parent}"
        orphans[key] = orphans.get(key, 0) + 1
    for what, count in orphans.items():
        yield Finding("database", f"{count} {what}", _RESTORE)


def _postgresql_faults() -> Iterator[Finding]:
    for (index,) in _rows(_INVALID):
        yield Finding("database", f"the index {index} is not valid", f"REINDEX INDEX {index}")


def form() -> Iterator[Finding]:
    """Whether the database has the form that this version works with."""
    try:
        later, waiting = upgrade.unknown(), upgrade.pending()
    except DatabaseError as error:
        yield Finding("form", str(error).strip(), _RESTORE)
        return
    if later:
        yield Finding(
            "form",
            f"a later version of Kavalan made it: {', '.join(later)}",
            "install that version, or restore a backup",
        )
    elif waiting:
        text = f"{len(waiting)} migrations wait, the first is {waiting[0]}"
        yield Finding("form", text, "`kavalan migrate --workspace DIR`, or `kavalan serve`: a copy is made before")
    else:
        yield Finding("form", "this version's")


def _rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
