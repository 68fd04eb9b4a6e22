"""Faults of the ledger that can be seen at once."""

from datetime import timedelta

import pytest
from django.db import connection

from kavalan.casework.health import record

from ..conftest import NOW


def cures(look):
    return [finding.cure for finding in look if finding.cure]


def test_a_sound_ledger_has_none(people):
    assert cures([*record.triggers(), *record.clock(NOW)]) == []


NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_entry'::regclass",
}


def test_each_trigger_that_is_missing_is_named(people):
    with connection.cursor() as cursor:
        cursor.execute(NAMES[connection.vendor])
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON ledger_entry"))
    (fault,) = record.triggers()
    assert len(names) >= 3
    assert [name for name in names if name not in fault.text] == []
    assert "find out who" in fault.cure


@pytest.mark.parametrize(
    ("back", "count"),
    [(timedelta(0), 0), (timedelta(seconds=30), 0), (timedelta(minutes=2), 1), (timedelta(days=1), 1)],
)
def test_a_clock_that_was_put_back_is_named(people, back, count):
    assert len(cures(record.clock(NOW - back))) == count


def test_an_empty_ledger_says_nothing_of_the_clock(empty_desk):
    assert cures(record.clock(NOW)) == []
