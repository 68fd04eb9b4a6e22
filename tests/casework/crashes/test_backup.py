"""A backup that is killed is no backup, and harms neither the desk nor those before it."""

import os

from kavalan.casework.backup import Store, restore, sqlite
from kavalan.casework.backup.store import read_manifest
from kavalan.casework.workspace import scans_of

from ..backup.conftest import add_list
from .conftest import doctor, kill, moments, start

BACK_UP = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
import django
django.setup()
from kavalan.casework.backup import back_up
workspace, root = map(Path, sys.argv[1:])
print("begins", flush=True)
while True:
    for number in range(12):
        (workspace / "scans" / f"batch-{number}").write_bytes(os.urandom(200_000))
    back_up(workspace, root, datetime.now(UTC))
"""


def test_after_each_kill_the_last_complete_backup_restores(desk, tmp_path):
    add_list(desk, "sample", 1, 2)
    head, store = sqlite.head(desk / "desk.sqlite3"), Store(tmp_path / "b")
    interrupted = 0
    for number, moment in enumerate(moments(5, 0.5)):
        interrupted += kill(start(BACK_UP, desk, store.root, workspace=desk), moment)
        if store.manifests():
            restored = restore(store.root, tmp_path / f"new-{number}")
            assert restored == read_manifest(store.manifests()[-1])
            assert restored.ledger == sqlite.head(tmp_path / f"new-{number}" / "desk.sqlite3") == head
            assert len(list(scans_of(tmp_path / f"new-{number}").iterdir())) == 12
    assert interrupted > 0
    assert store.manifests(), "no backup was completed between the kills"
    assert doctor(desk) == []
    assert doctor(tmp_path / f"new-{number}") == []
    with store.open_for_writing():
        assert [name for name in os.listdir(store.root) if name.startswith("partial-")] == []  # noqa: PTH208
