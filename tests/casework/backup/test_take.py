"""Making a backup of a workspace in use."""

import os

import pytest

from kavalan.casework.backup import BackupError, Store, back_up, back_up_database
from kavalan.casework.backup.store import read_manifest
from kavalan.casework.workspace import lists_of, scans_of
from kavalan.lists import Catalogue

from .conftest import WHEN, entry, ledger_head

LATER = WHEN.replace(hour=11)


def test_a_backup_holds_the_database_with_its_head_and_each_file(filled, tmp_path):
    taken = back_up(filled, tmp_path / "b", WHEN)
    assert read_manifest(taken.path) == taken.manifest
    assert taken.manifest.ledger == ledger_head()
    paths = {stored.path for stored in taken.manifest.files}
    assert {"scans/5f0e/batch-000001.parquet", "trusted-keys/examiner.pub", "lists/sample/CURRENT"} <= paths
    assert (taken.manifest.whole, taken.manifest.with_keys) == (True, False)


def test_evidence_and_keys_are_nowhere_in_it(filled, tmp_path):
    back_up(filled, tmp_path / "b", WHEN)
    secret = (filled / "secret-key").read_bytes()
    blobs = [path.read_bytes() for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert not any(b"evidence in clear" in blob or secret in blob for blob in blobs)


def test_what_has_not_changed_is_not_read_again(filled, tmp_path):
    back_up(filled, tmp_path / "b", WHEN)
    batch = scans_of(filled) / "5f0e" / "batch-000001.parquet"
    before = batch.stat()
    batch.write_bytes(bytes(before.st_size))
    os.utime(batch, ns=(before.st_atime_ns, before.st_mtime_ns))
    again = back_up(filled, tmp_path / "b", LATER)
    assert again.kept == len(again.manifest.files)
    os.utime(batch)
    assert back_up(filled, tmp_path / "b", LATER.replace(minute=1)).kept == len(again.manifest.files) - 1


def test_a_change_of_a_list_is_in_the_next_backup(filled, tmp_path):
    first = back_up(filled, tmp_path / "b", WHEN)
    with Catalogue(lists_of(filled)).edit("sample") as editor:
        editor.add([entry(9)])
    second = back_up(filled, tmp_path / "b", LATER)
    changed = set(second.manifest.files) - set(first.manifest.files)
    assert {stored.path for stored in changed} == {"lists/sample/journal-1"}


def test_a_backup_within_the_workspace_is_refused(filled):
    with pytest.raises(BackupError, match="lost with it"):
        back_up(filled, filled / "scans" / "b", WHEN)


def test_a_disk_without_room_is_refused_before_anything_is_written(filled, tmp_path, monkeypatch):
    real = os.statvfs(tmp_path)

    class Full:
        f_bavail, f_frsize = 3, real.f_frsize

    monkeypatch.setattr(os, "statvfs", lambda path: Full)
    with pytest.raises(BackupError, match="are needed; free some space"):
        back_up(filled, tmp_path / "b", WHEN)
    assert Store(tmp_path / "b").manifests() == []
    assert list((tmp_path / "b").glob("partial-*")) == []


def test_the_copy_before_a_migration_holds_the_database_alone(filled, tmp_path):
    manifest = read_manifest(back_up_database(tmp_path / "b", WHEN))
    assert (manifest.whole, manifest.files, manifest.ledger) == (False, (), ledger_head())
