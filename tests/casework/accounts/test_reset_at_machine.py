"""Resetting a sign-in at the machine."""

import pytest

from kavalan.casework.accounts.models import Authenticator
from kavalan.casework.accounts.services import count_attempt, let_go, reset_at_machine
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

NEW = "four slow buffaloes"


def test_reset_at_the_machine_needs_nobody_and_says_why(people, begin, last_entry):
    begin(people.alice)
    reset_at_machine(None, NOW, officer=people.alice, password=NEW, reason="lost telephone")
    people.alice.refresh_from_db()
    assert people.alice.check_password(NEW)
    assert not Authenticator.objects.filter(officer=people.alice).exists()
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.subject) == ("sign_in.reset_at_machine", None, people.alice.public_id)
    assert said == {"at_machine": True, "reason": "lost telephone"}


def test_reset_at_the_machine_ends_the_wait_after_failures(people):
    def attempt():
        return count_attempt(badge="alice", address="192.0.2.99", now=NOW)

    assert [attempt() is None for _ in range(6)] == [True] * 5 + [False]
    reset_at_machine(None, NOW, officer=people.alice, password=NEW, reason="locked out")
    assert attempt() is None


def test_no_officer_of_the_desk_resets_as_the_machine(people):
    with pytest.raises(RefusedError, match="At the desk"):
        reset_at_machine(people.alice, NOW, officer=people.bob, password=NEW, reason="why")


def test_reset_at_the_machine_needs_a_reason_and_somebody_who_works_here(people):
    with pytest.raises(RefusedError, match="Say why"):
        reset_at_machine(None, NOW, officer=people.alice, password=NEW, reason=" ")
    let_go(people.alice, NOW, officer=people.bob)
    with pytest.raises(RefusedError, match="no longer works here"):
        reset_at_machine(None, NOW, officer=people.bob, password=NEW, reason="why")
