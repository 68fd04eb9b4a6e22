"""Locking one's own session."""

import pytest

from kavalan.casework.accounts.services import lock_session
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_session_is_locked(people, begin, last_entry):
    session = begin(people.bob)
    lock_session(people.bob, NOW, session=session)
    session.refresh_from_db()
    assert (session.locked_at, last_entry()[0].verb) == (NOW, "session.lock")


def test_nobody_locks_another_ones(people, begin):
    with pytest.raises(RefusedError, match="not your session"):
        lock_session(people.alice, NOW, session=begin(people.bob))
