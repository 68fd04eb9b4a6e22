"""Giving an officer's app its secret."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.keeping import new_recovery_codes
from kavalan.casework.accounts.models import Authenticator, RecoveryCode
from kavalan.casework.accounts.services import begin_session, confirm_authenticator, draft_authenticator
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import HOME, rfc6238


def test_one_right_code_confirms_and_keeps_ten_digests(people, last_entry):
    secret = draft_authenticator(officer=people.bob, now=NOW)
    codes = new_recovery_codes()
    made = confirm_authenticator(people.bob, NOW, code=rfc6238(secret, NOW), recovery_codes=codes)
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said) == ("authenticator.confirm", made.public_id, {})
    kept = [bytes(row.digest) for row in RecoveryCode.objects.filter(officer=people.bob)]
    assert len(set(kept)) == 10
    assert not any(code.encode() in digest for code in codes for digest in kept)
    assert secret not in bytes(Authenticator.objects.get().sealed)


def test_wrong_code_confirms_nothing(people, entries):
    draft_authenticator(officer=people.bob, now=NOW)
    before = entries()
    with pytest.raises(RefusedError):
        confirm_authenticator(people.bob, NOW, code="000000x", recovery_codes=new_recovery_codes())
    assert (entries(), RecoveryCode.objects.count()) == (before, 0)


def test_secret_stays_the_same_while_the_page_is_loaded_again_and_changes_later(people):
    first = draft_authenticator(officer=people.bob, now=NOW)
    assert draft_authenticator(officer=people.bob, now=NOW + timedelta(minutes=14)) == first
    assert draft_authenticator(officer=people.bob, now=NOW + timedelta(minutes=15)) != first


def test_unconfirmed_app_begins_no_session(people):
    secret = draft_authenticator(officer=people.bob, now=NOW)
    with pytest.raises(RefusedError):
        begin_session(people.bob, NOW, code=rfc6238(secret, NOW), arrival=HOME)


def test_confirmed_app_is_not_replaced_by_its_officer(people, install):
    app = install(people.bob)
    with pytest.raises(RefusedError, match="already"):
        draft_authenticator(officer=people.bob, now=NOW)
    with pytest.raises(RefusedError):
        confirm_authenticator(people.bob, NOW, code=app.code(NOW), recovery_codes=new_recovery_codes())
