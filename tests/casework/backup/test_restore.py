"""A workspace from a backup: the same in every byte, or nothing."""

import os
import stat

import msgspec
import pytest

from kavalan.casework.backup import BackupError, Store, Stored, back_up, restore, sqlite
from kavalan.casework.workspace import create_workspace, lists_of
from kavalan.lists import Catalogue

from .conftest import WHEN, everything, ledger_head

pytestmark = pytest.mark.usefixtures("on_sqlite")


@pytest.fixture
def taken(filled, tmp_path):
    return back_up(filled, tmp_path / "b", WHEN)


def test_the_new_workspace_has_the_same_ledger_head_lists_and_bytes(taken, filled, tmp_path):
    manifest = restore(tmp_path / "b", tmp_path / "new")
    assert sqlite.head(tmp_path / "new" / "desk.sqlite3") == manifest.ledger == ledger_head()
    old, new = everything(filled), everything(tmp_path / "new")
    assert {path: new[path] for path in new if path not in {"secret-key", "desk.sqlite3"}} == {
        path: data
        for path, data in old.items()
        if not path.startswith(("evidence/", "scans/77aa.partial")) and not path.endswith(("secret-key", "/lock"))
    }
    assert Catalogue(lists_of(tmp_path / "new")).status("sample") == Catalogue(lists_of(filled)).status("sample")


def test_it_is_a_workspace_for_its_user_alone_with_a_key_of_its_own(taken, filled, tmp_path):
    restore(tmp_path / "b", tmp_path / "new")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    assert modes <= {0o700, 0o600}
    assert (tmp_path / "new" / "secret-key").read_text() != (filled / "secret-key").read_text()
    assert (tmp_path / "new" / "evidence").is_dir()


def test_a_backup_with_keys_gives_them_back(filled, tmp_path):
    back_up(filled, tmp_path / "b", WHEN, with_keys=True)
    restore(tmp_path / "b", tmp_path / "new")
    assert (tmp_path / "new" / "secret-key").read_text() == (filled / "secret-key").read_text()


def test_an_earlier_backup_is_restored_by_its_manifest(taken, filled, tmp_path):
    (filled / "trusted-keys" / "examiner.pub").write_text("another\n")
    back_up(filled, tmp_path / "b", WHEN.replace(hour=12))
    restore(taken.path, tmp_path / "old")
    restore(tmp_path / "b", tmp_path / "new")
    told = [(tmp_path / name / "trusted-keys" / "examiner.pub").read_text() for name in ("old", "new")]
    assert told == ["a public key\n", "another\n"]


def test_a_folder_with_anything_in_it_is_left_alone(taken, tmp_path):
    create_workspace(tmp_path / "new")
    before = everything(tmp_path / "new")
    with pytest.raises(BackupError, match="not empty"):
        restore(tmp_path / "b", tmp_path / "new")
    assert everything(tmp_path / "new") == before


def test_an_empty_folder_is_taken(taken, tmp_path):
    (tmp_path / "new").mkdir()
    restore(tmp_path / "b", tmp_path / "new")
    assert (tmp_path / "new" / "desk.sqlite3").is_file()


def test_one_flipped_bit_anywhere_restores_nothing(taken, tmp_path):
    blobs = sorted(path for path in (tmp_path / "b" / "blobs").glob("*/*"))
    for blob in blobs:
        data = blob.read_bytes()
        if not data:
            continue
        blob.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        with pytest.raises(BackupError, match="is damaged"):
            restore(tmp_path / "b", tmp_path / "new")
        blob.write_bytes(data)
        assert not (tmp_path / "new").exists()
    assert list(tmp_path.glob(".new.*")) == []


def test_a_folder_without_a_complete_backup_is_named(tmp_path):
    with pytest.raises(BackupError, match="no complete backup"):
        restore(tmp_path, tmp_path / "new")


@pytest.mark.parametrize("path", ["../out", "/etc/passwd", "scans/../../out"])
def test_a_file_outside_the_workspace_is_refused(taken, tmp_path, path):
    (tmp_path / "b" / "complete" / taken.path.name).unlink()
    stored = Stored(path, *msgspec.structs.astuple(taken.manifest.files[0])[1:])
    Store(tmp_path / "b").complete(msgspec.structs.replace(taken.manifest, files=(stored,)))
    with pytest.raises(BackupError, match="outside"):
        restore(tmp_path / "b", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_ledger_that_ends_elsewhere_is_refused(taken, tmp_path):
    (tmp_path / "b" / "complete" / taken.path.name).unlink()
    other = msgspec.structs.replace(taken.manifest.ledger, number=1)
    Store(tmp_path / "b").complete(msgspec.structs.replace(taken.manifest, ledger=other))
    with pytest.raises(BackupError, match="does not end where"):
        restore(tmp_path / "b", tmp_path / "new")


def test_a_backup_of_another_kind_of_database_says_what_to_set(taken, tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "DATABASE_URL", "postgresql:///desk")
    with pytest.raises(BackupError, match="unset DATABASE_URL"):
        restore(tmp_path / "b", tmp_path / "new")
