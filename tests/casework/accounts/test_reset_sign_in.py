"""Resetting a sign-in at the desk."""

import pytest
from django.core.exceptions import ValidationError

from kavalan.casework.accounts.models import Authenticator, DeskSession, RecoveryCode
from kavalan.casework.accounts.services import reset_sign_in
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
