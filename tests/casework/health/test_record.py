"""Faults of the ledger that can be seen at once."""

from datetime import timedelta

import pytest
from django.db import connection

from kavalan.casework.accounts.services import found_unit
from kavalan.casework.health import record
from kavalan.casework.ledger.schedule import checkpoint_if_due

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


@pytest.fixture
def anchor(tmp_path, settings):
    settings.KAVALAN_ANCHOR = tmp_path / "anchor"
    return settings.KAVALAN_ANCHOR


def test_entries_that_wait_long_for_a_checkpoint_are_told(people, unlocked, anchor):
    assert cures(record.checkpoints(NOW + timedelta(hours=2))) == []
    (fault,) = record.checkpoints(NOW + timedelta(hours=3))
    assert "no checkpoint was ever made" in fault.text
    checkpoint_if_due(NOW)
    assert cures(record.checkpoints(NOW + timedelta(days=9))) == []
    found_unit(people.alice, NOW, name="Third")
    (fault,) = record.checkpoints(NOW + timedelta(hours=7))
    assert "the last checkpoint is 7 hours old; 1 entries wait" in fault.text


def test_an_anchor_that_lacks_the_last_checkpoint_is_told(people, unlocked, anchor):
    checkpoint_if_due(NOW)
    anchor.write_text("")
    _, fault = record.checkpoints(NOW)
    assert fault.text == "the anchor lags: its file lacks the last checkpoint"
    assert "KAVALAN_ANCHOR" in fault.cure
    anchor.unlink()
    assert [finding.text for finding in record.checkpoints(NOW)][1] == "the anchor's file is not there"
