"""`kavalan restore`."""

import sqlite3
from contextlib import closing

from tests.cli.desk import desk, kavalan


def head(workspace):
    with closing(sqlite3.connect(workspace / "desk.sqlite3")) as database:
        return database.execute("SELECT number, lower(hex(hash)) FROM ledger_entry ORDER BY number DESC").fetchone()


def test_a_restored_workspace_has_the_same_ledger_head_and_doctor_finds_nothing(tmp_path):
    workspace = desk(tmp_path / "w")
    kavalan("backup", tmp_path / "b", "--workspace", workspace, "--with-keys")
    done = kavalan("restore", tmp_path / "b", tmp_path / "new")
    assert done.returncode == 0
    assert head(tmp_path / "new") == head(workspace)
    assert f"entry 2, {head(workspace)[1]}" in done.stdout
    told = kavalan("doctor", "--workspace", tmp_path / "new").stdout.splitlines()
    # Whether the disk of this machine is encrypted is no matter of the restoration.
    assert [line for line in told if line.startswith("FAULT") and "  volume  " not in line] == []
    assert any(line.startswith("ok     ledger ") for line in told)


def test_nothing_is_restored_over_something(tmp_path):
    workspace = desk(tmp_path / "w")
    kavalan("backup", tmp_path / "b", "--workspace", workspace)
    done = kavalan("restore", tmp_path / "b", workspace)
    assert (done.returncode, "not empty" in done.stderr) == (2, True)
