import os
import subprocess
import sys

import pytest

from kavalan.vault import BusyError
from kavalan.vault.durable import locked, new_draft, sweep_drafts, write_whole


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_small_file_is_replaced_whole_and_for_its_owner_alone(tmp_path):
    write_whole(tmp_path / "file", b"one")
    write_whole(tmp_path / "file", b"two")
    assert (tmp_path / "file").read_bytes() == b"two"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["file"]


def test_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    write_whole(tmp_path / "file", b"one")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="space"):
        write_whole(tmp_path / "file", b"two")
    assert (tmp_path / "file").read_bytes() == b"one"
    assert names(tmp_path) == ["file"]


def test_sweep_leaves_the_drafts_of_the_living_and_removes_those_of_the_dead(tmp_path):
    handle, living = new_draft(tmp_path)
    program = (
        "import sys, os, signal; from pathlib import Path; from kavalan.vault.durable import new_draft;"
        "new_draft(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
    (tmp_path / "other").write_bytes(b"")
    assert len(names(tmp_path)) == 3
    assert sweep_drafts(tmp_path) == 1
    assert names(tmp_path) == sorted([living.name, "other"])
    os.close(handle)
    assert sweep_drafts(tmp_path) == 1


def test_lock_is_waited_for_and_then_refused(tmp_path):
    with locked(tmp_path / "lock", 0), pytest.raises(BusyError), locked(tmp_path / "lock", 0.05):
        pass
    with locked(tmp_path / "lock", 0):
        pass
