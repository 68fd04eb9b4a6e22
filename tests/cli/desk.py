"""The commands that work on a workspace, each in a process of its own: Django is set up once in a process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from kavalan.casework.rewrapping import change_passphrase
from kavalan.vault.age import Identity

PASSWORD = "nine quiet herons"
PASSPHRASE = "four grey herons wade"

_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def environment():
    """This process's, without a workspace of its own."""
    return {
        name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("KAVALAN_")
    }


def kavalan(*arguments, answer=None):
    """`kavalan ARGUMENTS...`, whatever its exit code."""
    command = [sys.executable, "-m", "kavalan", *map(str, arguments)]
    return subprocess.run(
        command, input=answer, env=environment(), capture_output=True, text=True, check=False, timeout=120
    )


def init(folder, *arguments):
    """`kavalan init` with a recovery key from a file, and the passphrase `PASSPHRASE` in the file of `locked_by`."""
    recovery = folder.parent / "recovery"
    recovery.write_text(f"{Identity.generate().text}\n")
    return kavalan("init", folder, "--recovery", recovery, "--passphrase-file", locked_by(folder), *arguments)


def locked_by(folder):
    """The file with the passphrase of a workspace."""
    file = folder.parent / "passphrase"
    file.write_text(f"{PASSPHRASE}\n")
    return file


def desk(folder):
    """A workspace with its first officer, KP-1."""
    locked_by(folder)
    return shutil.copytree(_template() / "w", folder)


@cache
def _template():
    """Made once; its keys are wrapped anew so that a guess costs next to nothing, and so does each unlocking."""
    made = tempfile.TemporaryDirectory(prefix="kavalan-desk-")
    folder = Path(made.name)
    done = init(folder / "w")
    assert done.returncode == 0, done.stderr
    change_passphrase(folder / "w", PASSPHRASE.encode(), PASSPHRASE.encode(), work=1)
    done = add(folder / "w", "KP-1")
    assert done.returncode == 0, done.stderr
    _KEPT.append(made)
    return folder


def add(workspace, badge, *arguments, password=PASSWORD):
    """Enrol an officer in the unit Coast."""
    file = workspace.parent / f"password of {badge}"
    file.write_text(f"{password}\n")
    named = ("--badge", badge, "--name", f"Officer {badge}", "--unit", "Coast", "--password-file", file)
    return kavalan("user", "add", "--workspace", workspace, *named, *arguments)
