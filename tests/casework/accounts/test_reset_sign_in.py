"""Resetting a sign-in, at the desk and at the machine."""

import pytest
from django.core.exceptions import ValidationError

from kavalan.casework.accounts.models import Authenticator, DeskSession, RecoveryCode
from kavalan.casework.accounts.services import count_attempt, let_go, read_resets, reset_at_machine, reset_sign_in
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

NEW = "four slow buffaloes"


def test_password_app_codes_and_sessions_of_before_are_gone(people, begin, last_entry):
    begin(people.bob)
    reset_sign_in(people.alice, NOW, officer=people.bob, password=NEW)
    people.bob.refresh_from_db()
    assert people.bob.check_password(NEW)
    assert not Authenticator.objects.filter(officer=people.bob).exists()
    assert not RecoveryCode.objects.filter(officer=people.bob).exists()
    assert not DeskSession.objects.filter(officer=people.bob, ended_at__isnull=True).exists()
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.subject, said) == (
        "sign_in.reset",
        people.alice.public_id,
        people.bob.public_id,
        {},
    )


def test_weak_password_resets_nothing(people, begin):
    begin(people.bob)
    with pytest.raises(ValidationError):
        reset_sign_in(people.alice, NOW, officer=people.bob, password="short")
    assert Authenticator.objects.filter(officer=people.bob).exists()


def test_nobody_resets_their_own(people):
    with pytest.raises(RefusedError, match="Another administrator"):
        reset_sign_in(people.alice, NOW, officer=people.alice, password=NEW)


def test_only_an_administrator_resets(people):
    with pytest.raises(RefusedError, match="administrator"):
        reset_sign_in(people.dora, NOW, officer=people.bob, password=NEW)


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


def test_officer_is_told_on_every_page_until_they_have_read_who_and_why(client, people):
    reset_sign_in(people.alice, NOW, officer=people.bob, password=NEW)
    reset_at_machine(None, NOW, officer=people.bob, password=NEW, reason="lost telephone")
    client.force_login(people.bob)
    assert "Your sign-in was reset" in client.get("/").content.decode()
    account = client.get("/account/").content.decode()
    assert "Alice Kurian (alice) gave you a new password" in account
    assert "lost telephone" in account
    assert client.post("/account/resets/read/").url == "/account/"
    assert "Your sign-in was reset" not in client.get("/").content.decode() + client.get("/account/").content.decode()


def test_what_was_read_is_read_once(people, last_entry):
    reset_sign_in(people.alice, NOW, officer=people.bob, password=NEW)
    read_resets(people.bob, NOW)
    assert last_entry()[0].verb == "sign_in.reset_read"
    with pytest.raises(RefusedError, match="read all"):
        read_resets(people.bob, NOW)
