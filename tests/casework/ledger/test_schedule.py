"""The checkpoint that the worker makes by the clock."""

from datetime import timedelta

import pytest

from kavalan.casework import keys
from kavalan.casework.accounts.services import found_unit
from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry
from kavalan.casework.ledger.schedule import checkpoint_if_due
from kavalan.ledger import read_anchor

from ..conftest import NOW


@pytest.fixture
def anchor(tmp_path, settings):
    settings.KAVALAN_ANCHOR = tmp_path / "away" / "anchor"
    settings.KAVALAN_ANCHOR.parent.mkdir()
    settings.KAVALAN_CHECKPOINT_MINUTES = 60
    return settings.KAVALAN_ANCHOR


def test_it_is_made_with_the_keys_that_are_held_and_carried_to_the_anchor(people, unlocked, anchor):
    assert checkpoint_if_due(NOW) == f"checkpoint of {LedgerEntry.objects.count()} entries"
    (note,) = read_anchor(anchor).notes
    assert note.signer([unlocked.ledger.public]) == unlocked.ledger.public


def test_nothing_is_made_before_the_time_or_without_new_entries(people, unlocked, anchor):
    checkpoint_if_due(NOW)
    assert checkpoint_if_due(NOW + timedelta(hours=5)) is None
    found_unit(people.alice, NOW + timedelta(hours=5), name="Third")
    assert checkpoint_if_due(NOW + timedelta(minutes=59)) is None
    assert checkpoint_if_due(NOW + timedelta(hours=5)) is not None
    assert LedgerCheckpoint.objects.count() == 2


def test_without_keys_the_reason_is_told(people, workspace, anchor):
    keys.hold(None)
    assert "locked" in checkpoint_if_due(NOW)


def test_what_could_not_be_carried_out_is_carried_out_as_soon_as_it_can(people, unlocked, anchor):
    anchor.parent.rmdir()
    assert "cannot be carried" in checkpoint_if_due(NOW)
    assert "cannot be carried" in checkpoint_if_due(NOW + timedelta(minutes=1))
    anchor.parent.mkdir()
    assert "carried out late" in checkpoint_if_due(NOW + timedelta(minutes=2))
    assert [note.text for note in read_anchor(anchor).notes] == [LedgerCheckpoint.objects.get().note]
    assert checkpoint_if_due(NOW + timedelta(minutes=3)) is None
