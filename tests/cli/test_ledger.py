"""`kavalan ledger`: exit codes and sentences; what is found is tested with `kavalan.casework.ledger`."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from kavalan.casework.workspace import create_workspace

FOUND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from kavalan.casework import workspace
workspace.configure(Path(sys.argv[1]))
workspace.migrate()
from kavalan.casework.accounts.services import enrol_officer, found_unit
now = datetime(2026, 3, 1, tzinfo=UTC)
unit = found_unit(None, now, name="Coastal Unit")
alice = enrol_officer(None, now, badge="alice", name="Alice Kurian", unit=unit, password="nine quiet herons")
from kavalan.casework.access.services import open_compartment
open_compartment(alice, now, name="Case of the lighthouse")
"""


def python(program, *arguments):
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "KAVALAN_ANCHOR"}}
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    """A workspace with three entries, a key and a checkpoint."""
    folder = tmp_path_factory.mktemp("desk")
    create_workspace(folder / "w")
    done = python(FOUND, folder / "w")
    assert done.returncode == 0, done.stderr
    (folder / "word").write_text("a long passphrase\n")
    return folder


@pytest.fixture
def ledger(founded, monkeypatch):
    """`kavalan ledger ARGUMENTS...` in a process of its own, because Django is set up once in a process."""
    monkeypatch.chdir(founded)

    def run(command, *arguments, answer=None):
        environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
        environment = {name: one for name, one in environment.items() if name not in {"DATABASE_URL", "KAVALAN_ANCHOR"}}
        full = [sys.executable, "-m", "kavalan", "ledger", command, *map(str, arguments), "--workspace", "w"]
        return subprocess.run(full, capture_output=True, text=True, check=False, env=environment, input=answer)

    return run


def test_a_ledgers_life(ledger, founded):
    """One after another, as an officer would: a process of its own for each takes its time."""
    assert ledger("verify").returncode == 3
    done = ledger("checkpoint", "--passphrase-file", "word")
    assert done.returncode == 2
    assert "ledger.pem: cannot be read" in done.stderr

    done = ledger("key", "--passphrase-file", "word")
    assert done.returncode == 0
    assert "Fingerprint, SHA-256:" in done.stdout
    assert ledger("key", "--passphrase-file", "word").returncode == 2
    done = ledger("slip", "slip.html")
    assert done.returncode == 2
    assert "There is no checkpoint yet" in done.stderr

    done = ledger("checkpoint", "--passphrase-file", "word")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1] == "3"
    done = ledger("verify")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "3 entries: none is changed, missing, doubled or moved.",
        f"Vouched for: the first 3, by the checkpoint of 3 entries in {founded / 'w' / 'ledger-anchor.txt'}.",
    ]

    assert ledger("slip", "slip.html").returncode == 0
    done = ledger("slip", "slip.html")
    assert done.returncode == 2
    assert "exists" in done.stderr
    assert ledger("verify", "--against", "slip.html").returncode == 0
    (founded / "other.txt").write_text("3\n" + "00" * 32)
    done = ledger("verify", "--against", "other.txt")
    assert done.returncode == 1
    assert "ALTERED: the first 3 entries are not those of other.txt" in done.stdout
    (founded / "none.txt").write_text("hello")
    done = ledger("verify", "--against", "none.txt")
    assert done.returncode == 2
    assert "none.txt holds no checkpoint" in done.stderr

    assert ledger("prove", "2", "proof.json").returncode == 0
    assert json.loads((founded / "proof.json").read_text())["payload"] is None
    done = ledger("prove", "9", "none.json")
    assert done.returncode == 2
    assert "No checkpoint covers entry 9 yet" in done.stderr

    told = ("prove", "2", "told.json", "--payload-for", "alice", "--reason", "court")
    done = ledger(*told, answer="wrong word\n")
    assert done.returncode == 2
    assert "do not belong together" in done.stderr
    done = ledger(*told, answer="nine quiet herons\n")
    assert done.returncode == 0, done.stderr
    assert json.loads((founded / "told.json").read_text())["payload"]["text"].startswith("{")
    done = ledger("verify")
    assert done.stdout.splitlines()[0].startswith("4 entries")
    assert "Note: the 1 entries after it are vouched for by the chain alone." in done.stdout

    assert ledger("export", "out").returncode == 0
    done = subprocess.run([sys.executable, "-I", "out/verify_ledger.py", "out", "--against", "slip.html"], check=False)
    assert done.returncode == 0


def test_no_workspace_ends_with_2(kavalan):
    done = kavalan("ledger", "verify", "--workspace", "none")
    assert done.returncode == 2
    assert "is not a workspace" in done.stderr
