"""The second step of signing in."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.models import DeskSession
from kavalan.casework.accounts.services import begin_session
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import HOME


def test_code_begins_a_session_and_the_ledger_names_nobody(people, install, last_entry):
    app = install(people.bob)
    session = begin_session(people.bob, NOW, code=app.code(NOW), arrival=HOME)
    entry, said = last_entry()
    assert (entry.verb, entry.actor, entry.subject) == ("session.begin", people.bob.public_id, session.public_id)
    assert said == {"by": "app"}
    assert (session.device, session.address, session.since) == (HOME.device, HOME.address, NOW)


def test_code_is_used_once(people, install, entries):
    app = install(people.bob)
    begin_session(people.bob, NOW, code=app.code(NOW), arrival=HOME)
    before = entries()
    with pytest.raises(RefusedError, match="used already"):
        begin_session(people.bob, NOW, code=app.code(NOW), arrival=HOME)
    assert (entries(), DeskSession.objects.count()) == (before, 1)


def test_code_of_an_earlier_step_is_dead_once_a_later_one_was_used(people, install):
    app = install(people.bob)
    begin_session(people.bob, NOW, code=app.code(NOW + timedelta(seconds=30)), arrival=HOME)
    with pytest.raises(RefusedError):
        begin_session(people.bob, NOW, code=app.code(NOW), arrival=HOME)


def test_recovery_code_begins_one_session(people, install, last_entry):
    app = install(people.bob)
    begin_session(people.bob, NOW, code=app.recovery_codes[3].upper(), arrival=HOME)
    assert last_entry()[1] == {"by": "recovery code"}
    with pytest.raises(RefusedError):
        begin_session(people.bob, NOW, code=app.recovery_codes[3], arrival=HOME)


def test_codes_of_another_officer_are_worth_nothing(people, install):
    app, _ = install(people.bob), install(people.dora)
    for code in (app.code(NOW), app.recovery_codes[0]):
        with pytest.raises(RefusedError):
            begin_session(people.dora, NOW, code=code, arrival=HOME)
