"""New recovery codes."""

import pytest

from kavalan.casework.accounts.keeping import new_recovery_codes
from kavalan.casework.accounts.services import begin_session, renew_recovery_codes
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .conftest import HOME


def test_new_codes_replace_the_old_ones(people, install, last_entry):
    app, fresh = install(people.bob), new_recovery_codes()
    renew_recovery_codes(people.bob, NOW, code=app.code(NOW), recovery_codes=fresh)
    assert last_entry()[0].verb == "recovery_codes.renew"
    with pytest.raises(RefusedError):
        begin_session(people.bob, NOW, code=app.recovery_codes[0], arrival=HOME)
    begin_session(people.bob, NOW, code=fresh[0], arrival=HOME)


def test_recovery_code_makes_no_new_ones(people, install):
    app = install(people.bob)
    with pytest.raises(RefusedError):
        renew_recovery_codes(people.bob, NOW, code=app.recovery_codes[0], recovery_codes=new_recovery_codes())
