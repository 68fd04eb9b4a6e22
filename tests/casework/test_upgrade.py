"""Bringing the database to a later form: a copy first, and then all of it or nothing.

The later version is this one with one more app (`tests/casework/later`), in a process of its own.
"""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from kavalan.casework import upgrade
from kavalan.casework.backup import Store
from kavalan.casework.ledger import triggers
from kavalan.casework.workspace import backups_of

from .conftest import NOW

ROOT = Path(__file__).parents[2]
RUN = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from kavalan.casework import upgrade
from kavalan.casework.errors import DeskError
try:
    done = upgrade.upgrade(Path(sys.argv[1]), datetime.now(UTC))
except DeskError as error:
    print(json.dumps({"refused": f"{type(error).__name__}: {error}"}))
else:
    print(json.dumps({"steps": done.steps, "copy": str(done.copy), "left": upgrade.pending()}))
"""


def address():
    """`DATABASE_URL` for the database of this test."""
    named = connection.settings_dict
    return f"postgresql://{named['USER']}@/{named['NAME']}?host={quote(named['HOST'], safe='/')}"


@pytest.fixture
def later(people, workspace):
    """Upgrades the workspace to the later version, in a process of its own."""
    database = workspace / "desk.sqlite3"
    own = {"KAVALAN_WORKSPACE": str(workspace), "DJANGO_SETTINGS_MODULE": "tests.casework.settings_of_later"}
    if connection.vendor == "sqlite":
        database.symlink_to(connection.settings_dict["NAME"])
    else:
        own["DATABASE_URL"] = address()
    connection.close()

    def run(app="later"):
        command = [sys.executable, "-c", RUN, str(workspace)]
        done = subprocess.run(
            command,
            env=os.environ | own | {"KAVALAN_LATER": app},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_a_database_of_this_version_needs_nothing(people, workspace):
    assert upgrade.upgrade(workspace, NOW) == upgrade.Upgrade([])
    assert (upgrade.pending(), upgrade.unknown()) == ([], [])


def test_a_new_database_is_made_without_a_copy(copied, workspace):
    with copied():
        upgrade.found()
        assert upgrade.pending() == []
        assert triggers.missing(connection) == []


def test_a_database_in_use_is_not_founded_again(empty_desk):
    with pytest.raises(upgrade.UpgradeError, match="in use"):
        upgrade.found()


def test_it_is_copied_first_and_then_brought_to_the_later_form(later, workspace, entries):
    before = entries()
    done = later()
    assert done["steps"] == ["later.0001_initial", "later.0002_rows", "later.0003_rebuilt"]
    assert done["left"] == []
    (copy,) = Store(backups_of(workspace)).manifests()
    assert str(copy) == done["copy"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM later_note WHERE page = 1")
        assert (cursor.fetchone(), entries()) == ((3000,), before)


def test_an_upgrade_that_takes_the_ledgers_protection_away_changes_nothing(later):
    assert "the ledger is unprotected" in later("careless")["refused"]
    assert triggers.missing(connection) == []
    assert "careless_note" not in connection.introspection.table_names()


def test_without_a_place_for_the_copy_nothing_is_changed(later, workspace):
    backups_of(workspace).write_text("in the way")
    assert later()["refused"].startswith("BackupError")
    assert "later_note" not in connection.introspection.table_names()


def test_a_database_of_a_later_version_is_left_alone(later, workspace):
    later()
    assert upgrade.unknown() == ["later.0001_initial", "later.0002_rows", "later.0003_rebuilt"]
    with pytest.raises(upgrade.UpgradeError, match="later version"):
        upgrade.upgrade(workspace, NOW)


def test_two_upgrades_do_not_meet(later, workspace):
    handle = os.open(workspace, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        assert "another process is migrating" in later()["refused"]
    finally:
        os.close(handle)
