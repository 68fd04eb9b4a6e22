"""Triggers by which the database itself refuses to change the ledger.

On SQLite `REPLACE` deletes without firing DELETE triggers, so the INSERT trigger lets nothing in but the next number;
that also stops gaps. PostgreSQL needs a statement trigger of its own against TRUNCATE.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

_REFUSAL = "the ledger is never changed"
_NEXT = "(SELECT COALESCE(MAX(number), 0) + 1 FROM ledger_entry)"

_SQLITE = {
    "ledger_entry_next": f"""
        CREATE TRIGGER ledger_entry_next BEFORE INSERT ON ledger_entry WHEN NEW.number <> {_NEXT}
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    "ledger_entry_update": f"""
        CREATE TRIGGER ledger_entry_update BEFORE UPDATE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    "ledger_entry_delete": f"""
        CREATE TRIGGER ledger_entry_delete BEFORE DELETE ON ledger_entry
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
}

_FUNCTIONS = (
    f"""
    CREATE FUNCTION ledger_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    f"""
    CREATE FUNCTION ledger_entry_check_next() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.number <> {_NEXT} THEN RAISE EXCEPTION '{_REFUSAL}'; END IF;
        RETURN NEW;
    END $$""",
)
_POSTGRESQL = {
    "ledger_entry_next": """
        CREATE TRIGGER ledger_entry_next BEFORE INSERT ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION ledger_entry_check_next()""",
    "ledger_entry_change": """
        CREATE TRIGGER ledger_entry_change BEFORE UPDATE OR DELETE ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION ledger_entry_refuse()""",
    "ledger_entry_truncate": """
        CREATE TRIGGER ledger_entry_truncate BEFORE TRUNCATE ON ledger_entry
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_refuse()""",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers of this kind of database."""
    statements = [*_SQLITE.values()] if connection.vendor == "sqlite" else [*_FUNCTIONS, *_POSTGRESQL.values()]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that should be there and are not, or are switched off."""
    if connection.vendor == "sqlite":
        wanted, query = _SQLITE, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'"
    else:
        wanted, query = (
            _POSTGRESQL,
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_entry'::regclass AND tgenabled <> 'D'",
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    return sorted(wanted.keys() - present)
