"""Triggers by which the database itself refuses to change the ledger and its checkpoints.

On SQLite `REPLACE` deletes without firing DELETE triggers, so the INSERT trigger lets nothing in but the next number,
or a larger checkpoint; that also stops gaps. PostgreSQL needs a statement trigger of its own against TRUNCATE.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

ENTRIES, CHECKPOINTS = "ledger_entry", "ledger_checkpoint"
_REFUSAL = "the ledger is never changed"
# What makes a new row one that does not belong there.
_WRONG = {
    ENTRIES: "NEW.number <> (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)",
    CHECKPOINTS: "NEW.size <= (SELECT COALESCE(MAX(size), 0) FROM ledger_checkpoint)",
}
_SQLITE = ("next", "update", "delete")
_POSTGRESQL = ("next", "change", "truncate")


def install(connection: BaseDatabaseWrapper, table: str = ENTRIES) -> None:
    """Create the triggers that a table has on this kind of database."""
    statements = _sqlite(table) if connection.vendor == "sqlite" else _postgresql(table)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that should be there and are not, or are switched off; of the tables that there are."""
    suffixes = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    tables = set(connection.introspection.table_names()) & _WRONG.keys()
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return sorted({f"{table}_{suffix}" for table in tables for suffix in suffixes} - present)


def _sqlite(table: str) -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    yield f"CREATE TRIGGER {table}_next BEFORE INSERT ON {table} WHEN {_WRONG[table]} {refuse}"
    yield f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refuse}"
    yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}"


def _postgresql(table: str) -> Iterator[str]:
    function = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    refuse = f"RAISE EXCEPTION '{_REFUSAL}';"
    yield f"CREATE FUNCTION {table}_refuse() {function} {refuse} END $$"
    yield f"CREATE FUNCTION {table}_check_next() {function} IF {_WRONG[table]} THEN {refuse} END IF; RETURN NEW; END $$"
    check, each = f"EXECUTE FUNCTION {table}_check_next()", f"EXECUTE FUNCTION {table}_refuse()"
    yield f"CREATE TRIGGER {table}_next BEFORE INSERT ON {table} FOR EACH ROW {check}"
    yield f"CREATE TRIGGER {table}_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {each}"
    yield f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {each}"
