"""Ending sessions."""

import pytest

from kavalan.casework.accounts.services import end_session
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


@pytest.mark.parametrize("who", ["bob", "alice"])
def test_its_officer_or_an_administrator_ends_a_session(people, begin, last_entry, who):
    session = begin(people.bob)
    end_session(getattr(people, who), NOW, session=session)
    session.refresh_from_db()
    assert (session.ended_at, last_entry()[0].verb) == (NOW, "session.end")


def test_nobody_else_ends_it(people, begin):
    with pytest.raises(RefusedError, match="Only its officer"):
        end_session(people.dora, NOW, session=begin(people.bob))


def test_it_ends_once(people, begin):
    session = begin(people.bob)
    end_session(people.bob, NOW, session=session)
    with pytest.raises(RefusedError, match="already"):
        end_session(people.bob, NOW, session=session)
