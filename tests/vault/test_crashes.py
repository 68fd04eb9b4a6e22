import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")  # noqa: S108 a killed process leaves its pages: a disk would only be slower


def test_killed_at_every_step_and_at_any_time_the_vault_is_whole_and_nothing_acknowledged_is_lost():
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as home:
        done = subprocess.run(
            [sys.executable, "-m", "tests.vault.crashes", home, "7", "60"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    steps, kills, acknowledged = map(int, re.findall(r"\d+", done.stdout))
    assert steps > 50
    assert kills == 60
    assert acknowledged > 60
