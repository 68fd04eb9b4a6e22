"""Taking note of an extract about oneself."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.ledger.services import acknowledge_extract

from ..conftest import NOW
from .conftest import grant_extract, take_extract


def test_notice_is_read_by_nobody_else_and_once(desk):
    grant_extract(desk)
    made = take_extract(desk)
    for officer in (desk.bob, desk.dora):
        with pytest.raises(RefusedError, match="not yours"):
            acknowledge_extract(officer, NOW, extract=made)
    acknowledge_extract(desk.alice, NOW, extract=made)
    with pytest.raises(RefusedError, match="already"):
        acknowledge_extract(desk.alice, NOW, extract=made)


def test_taking_note_is_recorded_once(desk, last_entry, entries):
    grant_extract(desk)
    made = take_extract(desk)
    before = entries()
    assert acknowledge_extract(desk.alice, NOW, extract=made).acknowledged_at == NOW
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.subject) == ("ledger.acknowledge", desk.alice.public_id, made.public_id)
    assert (said, entries()) == ({}, before + 1)
