"""`kavalan init`."""

import re
import subprocess
import sys

import pytest
from tests.cli.desk import PASSPHRASE, environment, init, kavalan, locked_by

from kavalan.casework import keys
from kavalan.vault import is_media_free
from kavalan.vault.age import Identity


def typed(folder, answer):
    """`kavalan init` as a person does it: the recovery key is read and answered; its exit code and what it says."""
    command = [sys.executable, "-m", "kavalan", "init", str(folder)]
    with subprocess.Popen(
        command,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # without a terminal, of which a passphrase would be asked
    ) as process:
        while not (found := re.search("AGE-SECRET-KEY-1[0-9A-Z]+", process.stdout.readline())):
            pass
        said, _ = process.communicate(answer(found[0]), timeout=60)
    return process.returncode, said


def test_a_workspace_is_made_with_its_database_and_what_comes_next_is_said(tmp_path):
    done = init(tmp_path / "w", "--media-free")
    assert done.returncode == 0
    there = {path.name for path in (tmp_path / "w").iterdir()}
    assert {"secret-key", "desk.sqlite3", "evidence", "lists", "keys", "vault"} <= there
    assert f"kavalan user add --workspace {tmp_path / 'w'}" in done.stdout
    assert f"kavalan serve --workspace {tmp_path / 'w'}" in done.stdout
    opened = keys.unlock(tmp_path / "w", PASSPHRASE.encode())
    assert "media-free" in done.stdout
    assert is_media_free(tmp_path / "w" / "vault", opened.vault)


def test_the_recovery_key_is_typed_back_before_anything_is_made(tmp_path):
    code, _ = typed(tmp_path / "w", lambda key: f"{key.lower()}\n{PASSPHRASE}\n{PASSPHRASE}\n")
    assert code == 0
    opened = keys.unlock(tmp_path / "w", PASSPHRASE.encode())
    assert not is_media_free(tmp_path / "w" / "vault", opened.vault)


@pytest.mark.parametrize("answer", [lambda key: "something else\n" * 5, lambda key: f"{key}\n"])
def test_who_gives_up_leaves_nothing(tmp_path, answer):
    code, _ = typed(tmp_path / "w", answer)
    assert code != 0
    assert not (tmp_path / "w").exists()


def test_a_passphrase_that_is_too_short_leaves_nothing(tmp_path):
    locked_by(tmp_path / "w").write_text("short\n")
    (tmp_path / "recovery").write_text(f"{Identity.generate().text}\n")
    options = ("--recovery", tmp_path / "recovery", "--passphrase-file", tmp_path / "passphrase")
    done = kavalan("init", tmp_path / "w", *options)
    assert (done.returncode, "fewer than 12 bytes" in done.stderr) == (2, True)
    assert list((tmp_path / "w").iterdir()) == []


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    done = kavalan("init", tmp_path)
    assert (done.returncode, "not empty" in done.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
