"""Recording that an officer left."""

import pytest

from kavalan.casework.accounts.models import DeskSession
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.services import begin_session, let_go
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import HOME


def test_sessions_roles_and_sign_in_end(people, give, install, begin, last_entry):
    give(people.bob, OfficerRole.EXAMINER)
    app = install(people.bob)
    begin(people.bob, app=app)
    let_go(people.alice, NOW, officer=people.bob)
    assert last_entry()[0].verb == "officer.leave"
    assert not people.bob.is_active
    assert not holds(people.bob, [OfficerRole.EXAMINER], NOW)
    assert not DeskSession.objects.filter(officer=people.bob, ended_at__isnull=True).exists()
    with pytest.raises(RefusedError, match="no longer works"):
        begin_session(people.bob, NOW, code=app.recovery_codes[1], arrival=HOME)


def test_nobody_lets_themselves_go(people):
    with pytest.raises(RefusedError, match="Another administrator"):
        let_go(people.alice, NOW, officer=people.alice)


def test_only_an_administrator_lets_go(people):
    with pytest.raises(RefusedError, match="administrator"):
        let_go(people.bob, NOW, officer=people.dora)


def test_who_left_does_not_leave_again(people):
    let_go(people.alice, NOW, officer=people.bob)
    with pytest.raises(RefusedError, match="already"):
        let_go(people.alice, NOW, officer=people.bob)
