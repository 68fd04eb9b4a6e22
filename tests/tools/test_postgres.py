"""The throwaway PostgreSQL: a command beside it, and nothing left behind."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "postgres.py"
SAY_ADDRESS = "import os; print(os.environ['DATABASE_URL'])"
ASK_VERSION = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).info.server_version)"


def run(script):
    command = [sys.executable, TOOL, "run", "--", sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "no initdb" in done.stderr:
        pytest.skip(done.stderr.strip())
    return done


@pytest.mark.postgres
def test_command_finds_a_database_at_the_address():
    assert int(run(ASK_VERSION).stdout) >= 130_000


@pytest.mark.postgres
def test_nothing_is_left_when_the_command_has_ended():
    (folder,) = parse_qs(urlsplit(run(SAY_ADDRESS).stdout.strip()).query)["host"]
    assert folder.startswith("/")
    assert not Path(folder).exists()


@pytest.mark.postgres
def test_exit_status_is_the_commands():
    assert run("raise SystemExit(7)").returncode == 7


@pytest.mark.postgres
def test_failed_command_leaves_nothing_either():
    done = run(SAY_ADDRESS + "; raise SystemExit(3)")
    (folder,) = parse_qs(urlsplit(done.stdout.strip()).query)["host"]
    assert (done.returncode, Path(folder).exists()) == (3, False)
