"""A migration that is killed has not happened, or has happened whole; the next one goes on."""

import shutil
import sqlite3
import subprocess
from contextlib import closing

from kavalan.casework.backup import restore, sqlite
from kavalan.casework.health.files import leftovers
from kavalan.casework.workspace import backups_of

from .conftest import doctor, kill, moments, start

UPGRADE = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from kavalan.casework import upgrade
print("begins", flush=True)
upgrade.upgrade(Path(sys.argv[1]), datetime.now(UTC))
print("ended", flush=True)
time.sleep(600)
"""
STEPS = ["0001_initial", "0002_rows", "0003_rebuilt"]


def form(workspace):
    """The later version's migrations that the database has had, and the rows they made, if there is their table."""
    with closing(sqlite3.connect(workspace / "desk.sqlite3")) as database:
        had = database.execute("SELECT name FROM django_migrations WHERE app = 'later' ORDER BY name").fetchall()
        table = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later_note'").fetchone()[0]
        rows = database.execute("SELECT count(*) FROM later_note").fetchone()[0] if table else None
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return [name for (name,) in had], rows


def test_after_each_kill_the_database_has_the_old_form_or_the_new_one(desk, tmp_path):
    head = sqlite.head(desk / "desk.sqlite3")
    found = []
    for number, moment in enumerate(moments(11, 0.7)):
        one = tmp_path / f"desk-{number}"
        shutil.copytree(desk, one)
        kill(start(UPGRADE, one, workspace=one, app="later"), moment)
        found.append(form(one))
        assert found[-1] in (([], None), (STEPS, 3000))
        assert sqlite.head(one / "desk.sqlite3") == head
        # What it left is named, and goes as it is told.
        for left in leftovers(one):
            subprocess.run(["sh", "-c", left.cure or ":"], check=True)
        assert [left.cure for left in leftovers(one)] == [None]
    # Whatever was left of the last one, the next upgrade goes on, and what it copied before restores.
    process = start(UPGRADE, one, workspace=one, app="later")
    assert process.stdout.readline() == b"ended\n"
    kill(process, 0)
    assert form(one) == (STEPS, 3000)
    restored = restore(backups_of(one), tmp_path / "restored")
    assert (restored.ledger, form(tmp_path / "restored")) == (head, ([], None))
    assert doctor(tmp_path / "restored") == []
