"""Changing one's own password."""

import pytest
from django.core.exceptions import ValidationError

from kavalan.casework.accounts.models import DeskSession
from kavalan.casework.accounts.services import begin_session, change_password
from kavalan.casework.errors import RefusedError

from ..conftest import NOW, PASSWORD
from .conftest import HOME

NEW = "four slow buffaloes"


def test_password_changes_and_other_sessions_end(people, install, last_entry):
    app = install(people.bob)
    here, there = (begin_session(people.bob, NOW, code=code, arrival=HOME) for code in app.recovery_codes[:2])
    changed = change_password(people.bob, NOW, session=here, old=PASSWORD, new=NEW)
    entry, said = last_entry()
    assert (entry.verb, entry.subject, said) == ("password.change", people.bob.public_id, {})
    assert changed.password.startswith("argon2")
    assert changed.check_password(NEW)
    assert list(DeskSession.objects.filter(officer=people.bob, ended_at__isnull=True)) == [here]
    assert there.pk != here.pk


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [("not the password", NEW, RefusedError), (PASSWORD, PASSWORD, RefusedError), (PASSWORD, "short", ValidationError)],
)
def test_wrong_same_or_weak_password_changes_nothing(people, begin, entries, old, new, fault):
    session = begin(people.bob)
    before = entries()
    with pytest.raises(fault):
        change_password(people.bob, NOW, session=session, old=old, new=new)
    people.bob.refresh_from_db()
    assert (entries(), people.bob.check_password(PASSWORD)) == (before, True)
