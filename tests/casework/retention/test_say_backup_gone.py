"""Saying that a backup was destroyed."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.retention.selectors import backups
from kavalan.casework.retention.services import note_backup, say_backup_gone

from ..conftest import NOW
from .conftest import LONG


def test_administrator_says_so_once_and_it_is_listed_no_more(people, entries, last_entry):
    backup = note_backup(people.alice, NOW, name="a.json", made_at=NOW, whole=False)
    before = entries()
    with pytest.raises(RefusedError, match="administrator or a supervisor"):
        say_backup_gone(people.bob, LONG, backup=backup)
    assert (entries(), backups(LONG)) == (before, ([backup], 1))
    say_backup_gone(people.alice, LONG, backup=backup)
    assert (last_entry()[1], backups(LONG)) == ({"name": "a.json"}, ([], 0))
    with pytest.raises(RefusedError, match="gone already"):
        say_backup_gone(people.alice, LONG, backup=backup)
