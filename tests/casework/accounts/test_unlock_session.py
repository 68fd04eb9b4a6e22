"""Unlocking one's own session."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.services import lock_session, unlock_session
from kavalan.casework.errors import RefusedError

from ..conftest import NOW, PASSWORD

SOON = NOW + timedelta(minutes=20)


@pytest.mark.parametrize("by", ["password", "app"])
def test_password_or_code_unlock(people, install, begin, last_entry, by):
    app = install(people.bob)
    session = begin(people.bob, app=app)
    lock_session(people.bob, NOW, session=session)
    unlock_session(people.bob, SOON, session=session, proof=PASSWORD if by == "password" else app.code(SOON))
    session.refresh_from_db()
    entry, said = last_entry()
    assert (entry.verb, said, session.locked_at, session.last_seen) == ("session.unlock", {"by": by}, None, SOON)


def test_neither_a_wrong_password_nor_a_recovery_code_nor_a_used_code_unlocks(people, install, begin):
    app = install(people.bob)
    session = begin(people.bob, app=app)
    lock_session(people.bob, NOW, session=session)
    unlock_session(people.bob, SOON, session=session, proof=app.code(SOON))
    lock_session(people.bob, SOON, session=session)
    for proof in ("not the password", app.recovery_codes[5], app.code(SOON)):
        with pytest.raises(RefusedError, match="neither"):
            unlock_session(people.bob, SOON, session=session, proof=proof)
    session.refresh_from_db()
    assert session.locked_at == SOON


def test_nobody_unlocks_another_ones(people, begin):
    with pytest.raises(RefusedError, match="not your session"):
        unlock_session(people.alice, NOW, session=begin(people.bob), proof=PASSWORD)
