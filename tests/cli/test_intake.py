"""`kavalan intake take`: in processes of their own, as an officer at the machine uses it."""

import hashlib
import subprocess
import sys

import pytest

from .desk import PASSWORD, desk, environment, kavalan, locked_by

OPEN = """
import sys
from pathlib import Path
from kavalan.casework.workspace import configure
configure(Path(sys.argv[1]))
from django.utils import timezone
from kavalan.casework.accounts.models import Officer, RoleHeld
from kavalan.casework.intake.services import open_desk
from kavalan.casework.verbs import step
officer, now = Officer.objects.get(), timezone.now()
step(RoleHeld)(RoleHeld.objects.create)(officer=officer, role="supervisor", since=now)
open_desk(officer, now)
"""


@pytest.fixture
def take(tmp_path):
    """Takes files in at the desk that the first officer opened."""
    workspace = desk(tmp_path / "w")
    subprocess.run([sys.executable, "-c", OPEN, workspace], env=environment(), check=True)
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    proof = ("--badge", "KP-1", "--password-file", tmp_path / "password", "--passphrase-file", locked_by(workspace))

    def taken(*files):
        return kavalan("intake", "take", "--workspace", workspace, *proof, *files)

    return taken


def test_file_is_taken_in_with_its_digest_and_one_of_no_known_kind_is_told(take, tmp_path):
    (tmp_path / "a.json").write_bytes(b"{}")
    (tmp_path / "b.exe").write_bytes(b"MZ")
    done = take(tmp_path / "a.json", tmp_path / "b.exe")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        f"{tmp_path}/a.json: CyberTipline referral, SHA-256 {hashlib.sha256(b'{}').hexdigest()}"
    ]
    assert "b.exe: Its name does not tell what it is" in done.stderr
