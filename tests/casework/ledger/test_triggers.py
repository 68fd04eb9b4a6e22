"""The database itself refuses to change the ledger."""

import pytest
from django.db import DatabaseError, connection, transaction

from kavalan.casework.guard import writing
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.triggers import missing

# The first entry once more, under another number.
COPY = (
    "{} INTO ledger_entry (number, at, verb, actor, authority, subject_kind, subject, payload, previous, hash)"
    " SELECT {}, at, verb, actor, authority, subject_kind, subject, payload, previous, hash"
    " FROM ledger_entry WHERE number = 1"
)


def run(statement):
    # The guard against mistakes stands aside here: the triggers are against everything else.
    with writing(frozenset({"ledger_entry"})), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def only(vendor):
    return pytest.mark.skipif(connection.vendor != vendor, reason=f"{vendor} only")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'unit.found' WHERE number = 2",
        "UPDATE ledger_entry SET number = 99 WHERE number = 2",
        "DELETE FROM ledger_entry WHERE number = 2",
        "DELETE FROM ledger_entry",
        COPY.format("INSERT", 2),
        COPY.format("INSERT", 99),
        pytest.param(
            COPY.format("REPLACE", 2),
            marks=only("sqlite"),
        ),
        pytest.param(
            COPY.format("INSERT OR IGNORE", 99),
            marks=only("sqlite"),
        ),
        pytest.param("UPDATE OR REPLACE ledger_entry SET number = 1 WHERE number = 2", marks=only("sqlite")),
        pytest.param("TRUNCATE ledger_entry", marks=only("postgresql")),
        pytest.param("TRUNCATE ledger_entry CASCADE", marks=only("postgresql")),
        pytest.param(
            COPY.format("INSERT", 2) + " ON CONFLICT (number) DO UPDATE SET verb = 'unit.found'",
            marks=only("postgresql"),
        ),
    ],
)
def test_database_refuses_it_and_nothing_is_changed(people, statement):
    before = list(LedgerEntry.objects.order_by("number").values())
    with pytest.raises(DatabaseError, match="the ledger is never changed"):
        run(statement)
    assert list(LedgerEntry.objects.order_by("number").values()) == before


def test_no_trigger_is_missing_after_migration(people):
    assert missing(connection) == []


def test_dropped_trigger_is_named(people):
    suffix = " ON ledger_entry" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER ledger_entry_next{suffix}")
    assert missing(connection) == ["ledger_entry_next"]


@only("postgresql")
def test_disabled_trigger_counts_as_missing(people):
    run("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_change")
    assert missing(connection) == ["ledger_entry_change"]
