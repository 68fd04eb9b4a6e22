"""How the ledger stands, and when a checkpoint is due."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.services import found_unit
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.standing import Carried, standing

from ..conftest import NOW

HOUR = timedelta(hours=1)


def test_ledger_that_nothing_was_signed_of_is_due_at_once(people, tmp_path):
    stands = standing(tmp_path / "anchor")
    assert (stands.covered, stands.made_at, stands.carried) == (0, None, None)
    assert (stands.uncovered, stands.open_since) == (LedgerEntry.objects.count(), NOW)
    assert stands.is_due(NOW, HOUR)


def test_checkpoint_covers_all_there_is_and_nothing_is_due(signing):
    signing.checkpoint()
    stands = standing(signing.anchor)
    assert (stands.uncovered, stands.made_at, stands.open_since) == (0, NOW, None)
    assert (stands.carried, stands.is_behind) == (Carried.WHOLE, False)
    assert not stands.is_due(NOW + 9 * HOUR, HOUR)


@pytest.mark.parametrize(("after", "due"), [(timedelta(minutes=59), False), (HOUR, True)])
def test_next_one_is_due_an_hour_after_the_last(signing, people, after, due):
    signing.checkpoint()
    found_unit(people.alice, NOW, name="Third")
    assert standing(signing.anchor).is_due(NOW + after, HOUR) is due


def test_anchor_without_the_last_checkpoint_lags(signing, people):
    signing.checkpoint()
    before = signing.anchor.read_bytes()
    found_unit(people.alice, NOW, name="Third")
    signing.checkpoint()
    signing.anchor.write_bytes(before)
    assert standing(signing.anchor).carried is Carried.LAGS


def test_anchor_that_is_not_there_and_one_that_cannot_be_read_are_told_apart(signing):
    signing.checkpoint()
    signing.anchor.unlink()
    assert standing(signing.anchor).carried is Carried.ABSENT
    signing.anchor.mkdir()
    assert standing(signing.anchor).carried is Carried.UNREADABLE
    assert standing(signing.anchor).is_behind
