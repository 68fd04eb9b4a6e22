"""Programs that are killed at seeded moments: some times each, or as often as `KAVALAN_CRASHES` says (50 to judge)."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.backup import back_up, restore
from kavalan.casework.health import examine
from kavalan.casework.keys import DESCRIPTOR, hand_over
from kavalan.casework.ledger.selectors import altered_payloads, verify_ledger

from ..backup.conftest import ledger_head
from ..conftest import grounds

ROOT = Path(__file__).parents[3]
UNTOUCHED = {"volume", "room", "keys"}
"""What doctor looks at that no crash changes."""
DOCTOR = """
import json, sys
from pathlib import Path
import django
django.setup()
from tests.casework.crashes.conftest import faults
print(json.dumps(faults(Path(sys.argv[1]))))
"""


def kills(usually=8):
    """How often a program is killed."""
    return int(os.environ.get("KAVALAN_CRASHES", usually))


@pytest.fixture
def desk(people, workspace):
    """A workspace with its own database file, for programs of its own."""
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL, whose own log withstands a kill")
    connection.close()
    shutil.copyfile(connection.settings_dict["NAME"], workspace / "desk.sqlite3")
    (workspace / "desk.sqlite3").chmod(0o600)
    return workspace


@pytest.fixture
def shared(people, workspace, database_store, settings):
    """The furnished desk, for this process and for programs of its own, whichever the database."""
    settings.KAVALAN_EVIDENCE = (workspace / "evidence",)
    settings.KAVALAN_ANCHOR = workspace / "ledger-anchor.txt"
    if connection.vendor == "sqlite":
        before, own = connection.settings_dict["NAME"], workspace / "desk.sqlite3"
        database_store.use(own)
        shutil.copyfile(before, own)
        own.chmod(0o600)
    return workspace


@pytest.fixture
def in_force(people, shared):
    """Alice's warrant for E-1 to E-98, in force while programs run."""
    now = datetime.now(UTC)
    allowed = grounds(*(f"E-{number}" for number in range(1, 99)), start=now, end=now + timedelta(days=30))
    return record_authority(people.alice, now, kind=Kind.WARRANT, reference="W 9/2026", grounds=allowed)


@pytest.fixture
def handed(unlocked):
    """The keys as the supervisor hands them to its children."""
    memory = hand_over(unlocked)
    yield memory
    os.close(memory)


def environment(workspace, app=None):
    own = {"KAVALAN_WORKSPACE": str(workspace), "DJANGO_SETTINGS_MODULE": "kavalan.casework.settings"}
    if app:
        own |= {"DJANGO_SETTINGS_MODULE": "tests.casework.settings_of_later", "KAVALAN_LATER": app}
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["DATABASE_URL"])
        own |= {"DATABASE_URL": address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()}
    return {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "KAVALAN_EVIDENCE"}} | own


def start(program, *arguments, handed=None, **env):
    """Start a program, with the keys of a workspace where they are handed to it, and wait until it begins."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    known = environment(**env) | ({DESCRIPTOR: str(handed)} if handed else {})
    passed = (handed,) if handed else ()
    # The umask of all processes of a desk: `workspace.enter`.
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, env=known, pass_fds=passed, umask=0o077)
    assert process.stdout.readline() == b"begins\n"
    return process


def kill(process, seconds):
    """Kill a program after so many seconds; whether it was still at work."""
    time.sleep(seconds)
    at_work = process.poll() is None
    process.kill()
    process.wait()
    process.stdout.close()
    return at_work


def last_words(process):
    """Kill a program, and return what it had acknowledged; what it said in part it said to nobody."""
    process.kill()
    told, _ = process.communicate()
    return [tuple(line.split()) for line in told.decode().splitlines(keepends=True) if line.endswith("\n")]


def moments(seed, longest):
    """Seeded moments, in seconds."""
    chance = random.Random(seed)  # noqa: S311 no secret
    return [chance.uniform(0, longest) for _ in range(kills())]


def faults(workspace):
    """What doctor finds wrong with this process's workspace, and what the walk of its ledger does."""
    found = [one for one in examine(workspace, datetime.now(UTC)) if one.cure and one.subject not in UNTOUCHED]
    # Nobody serves these desks, so nobody signs.
    told = [f"{one.subject}: {one.text}" for one in found if not one.text.endswith("entries wait for one")]
    return [*told, *map(str, verify_ledger().faults), *altered_payloads()]


def doctor(workspace):
    """The same of another workspace, in a process of its own."""
    command = [sys.executable, "-c", DOCTOR, str(workspace)]
    done = subprocess.run(command, cwd=ROOT, env=environment(workspace), capture_output=True, check=True)
    return json.loads(done.stdout)


def restores(workspace, folder):
    """Whether a backup that is made now gives the same ledger in an empty directory."""
    if connection.vendor != "sqlite":
        return True  # tests/casework/backup/test_postgres.py: it takes another database
    made = back_up(workspace, folder / "backups", datetime.now(UTC))
    restored = restore(folder / "backups", folder / "restored")
    return made.manifest.ledger == restored.ledger == ledger_head()
