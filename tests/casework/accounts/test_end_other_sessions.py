"""Ending all sessions but one."""

import pytest

from kavalan.casework.accounts.models import DeskSession
from kavalan.casework.accounts.services import begin_session, end_other_sessions
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import HOME


def test_only_the_one_in_which_one_is_goes_on(people, install, begin, last_entry):
    app = install(people.bob)
    here, *_others = (begin_session(people.bob, NOW, code=code, arrival=HOME) for code in app.recovery_codes[:3])
    kept = begin(people.dora)
    end_other_sessions(people.bob, NOW, session=here)
    assert set(DeskSession.objects.filter(ended_at__isnull=True)) == {here, kept}
    entry, said = last_entry()
    assert (entry.verb, said) == ("session.end_others", {"ended": 2})


def test_nobody_does_it_for_another(people, begin):
    with pytest.raises(RefusedError, match="not your session"):
        end_other_sessions(people.alice, NOW, session=begin(people.bob))
