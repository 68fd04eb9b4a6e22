"""The command line as a whole."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kavalan

PROBE = """
import sys
from kavalan.cli.main import app
try:
    app(["--help"])
except SystemExit:
    pass
loaded = [name for name in ("numba", "polars", "av", "numpy", "PIL", "django") if name in sys.modules]
print("LOADED", loaded)
"""


def kavalan_program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kavalan", *arguments], capture_output=True, text=True, check=False)


def test_help_names_every_verb():
    shown = kavalan_program("--help").stdout
    assert "hash" in shown
    assert "doctor" in shown


def test_help_imports_nothing_heavy():
    shown = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "LOADED []"


def test_version_is_that_of_the_package():
    assert kavalan_program("--version").stdout == f"kavalan {kavalan.__version__}\n"


@pytest.mark.parametrize("arguments", [["hash"], ["nothing"], ["hash", "--workers", "0", "x"]])
def test_wrong_call_ends_with_2_and_says_how(arguments):
    done = kavalan_program(*arguments)
    assert done.returncode == 2
    assert "Usage" in done.stderr
