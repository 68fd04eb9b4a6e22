"""The command line called in this process: starting Python and compiling for each call would take most of the time."""

from __future__ import annotations

import subprocess

import pytest
from typer.testing import CliRunner

from kavalan.cli.main import app


@pytest.fixture
def kavalan(tmp_path, monkeypatch):
    """`kavalan ARGUMENTS...` run in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, answer=None):
        done = CliRunner().invoke(app, list(map(str, arguments)), input=answer)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    return run
