"""The commands that work on a workspace, each in a process of its own: Django is set up once in a process."""

from __future__ import annotations

import os
import subprocess
import sys

PASSWORD = "nine quiet herons"


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


def desk(folder):
    """A workspace with its first officer, KP-1."""
    assert kavalan("init", folder).returncode == 0
    done = add(folder, "KP-1")
    assert done.returncode == 0, done.stderr
    return folder


def add(workspace, badge, *arguments, password=PASSWORD):
    """Enrol an officer in the unit Coast."""
    file = workspace.parent / f"password of {badge}"
    file.write_text(f"{password}\n")
    named = ("--badge", badge, "--name", f"Officer {badge}", "--unit", "Coast", "--password-file", file)
    return kavalan("user", "add", "--workspace", workspace, *named, *arguments)
