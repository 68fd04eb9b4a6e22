"""The store: blobs by their digests, and manifests that make a backup of them."""

import hashlib
import io
import stat
import subprocess
import sys
from datetime import timedelta

import pytest

from kavalan.casework.backup import BackupError, Manifest, Store, Stored
from kavalan.casework.backup.store import read_manifest

from .conftest import WHEN

DATA = bytes(range(256)) * 9000
HOLD = """
import sys, time
from pathlib import Path
from kavalan.casework.backup import Store
with Store(Path(sys.argv[1])).open_for_writing():
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "backups")
    with made.open_for_writing():
        yield made


def put(store, data=DATA, path="a/b"):
    return store.put(path, io.BytesIO(data), len(data), 17)


def manifest(*files, when=WHEN):
    database = Stored("desk.sqlite3", "00", 0, 0)
    return Manifest(when, "1", "sqlite", database, None, True, False, files)


def test_what_is_put_is_found_by_its_sha256_and_comes_back(store, tmp_path):
    stored = put(store)
    assert stored == Stored("a/b", hashlib.sha256(DATA).hexdigest(), len(DATA), 17)
    store.fetch(stored, tmp_path / "new" / "file")
    assert (tmp_path / "new" / "file").read_bytes() == DATA
    assert (tmp_path / "new" / "file").stat().st_mtime_ns == 17


def test_equal_bytes_lie_there_once(store):
    put(store), put(store, path="other")
    assert sum(path.is_file() for path in store.root.glob("blobs/*/*")) == 1


def test_of_a_file_that_grows_so_much_is_kept_as_was_asked_for(store, tmp_path):
    stored = store.put("journal", io.BytesIO(DATA), 1000, 0)
    store.fetch(stored, tmp_path / "journal")
    assert (tmp_path / "journal").read_bytes() == DATA[:1000]


def test_a_file_that_became_shorter_is_refused_and_leaves_nothing(store):
    with pytest.raises(BackupError, match="shorter"):
        store.put("a", io.BytesIO(DATA), len(DATA) + 1, 0)
    assert [path.name for path in store.root.iterdir() if path.name.startswith("partial-")] == []


@pytest.mark.parametrize("change", ["cut", "flip", "longer", "remove"])
def test_bytes_that_are_not_those_that_were_put_are_refused(store, tmp_path, change):
    stored = put(store)
    blob = store.root / "blobs" / stored.sha256[:2] / stored.sha256
    changed = {"cut": DATA[:-1], "flip": DATA[:-1] + b"\0", "longer": DATA + b"\0"}.get(change)
    blob.unlink() if changed is None else blob.write_bytes(changed)
    with pytest.raises(BackupError, match="a/b is damaged"):
        store.fetch(stored, tmp_path / "new")


def test_a_manifest_makes_the_backup_and_the_newest_is_the_latest(store):
    assert store.latest() is None
    older, newer = manifest(put(store)), manifest(when=WHEN.replace(hour=10))
    store.complete(newer)
    store.complete(older)
    assert (store.latest(), [read_manifest(path) for path in store.manifests()]) == (newer, [older, newer])


def test_a_manifest_that_was_altered_is_refused_and_passed_over(store):
    older = store.complete(manifest())
    path = store.complete(manifest(when=WHEN.replace(hour=10)))
    path.write_bytes(path.read_bytes().replace(b'"whole": true', b'"whole":false'))
    with pytest.raises(BackupError, match="altered"):
        read_manifest(path)
    assert store.latest() == read_manifest(older)


def test_a_manifest_that_is_cut_at_any_byte_is_told_and_the_one_before_is_the_latest(store):
    first = manifest(put(store))
    store.complete(first)
    last = store.complete(manifest(put(store), when=WHEN + timedelta(days=1)))
    whole = last.read_bytes()
    for cut in range(len(whole)):
        last.write_bytes(whole[:cut])
        with pytest.raises(BackupError, match="was altered; restore an earlier"):
            read_manifest(last)
        assert store.latest() == first


def test_everything_in_it_is_for_this_user_alone(store):
    put(store)
    store.complete(manifest())
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [store.root, *store.root.rglob("*")] if path.name != "lock"}
    assert modes <= {0o700, 0o600, 0o644}
    assert stat.S_IMODE(store.root.stat().st_mode) == 0o700


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(BackupError, match="something else"), Store(tmp_path).open_for_writing():
        pytest.fail("it was opened")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_two_backups_are_not_made_at_once_and_drafts_of_a_dead_one_go(tmp_path):
    store = Store(tmp_path / "backups")
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(store.root)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout.readline() == b"held\n"
        draft = store.draft()
        draft.write_bytes(b"half")
        with pytest.raises(BackupError, match="another backup is being made"), store.open_for_writing():
            pytest.fail("it was opened")
        assert draft.exists()
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    with store.open_for_writing():
        assert not draft.exists()


def test_a_disk_without_room_or_rights_is_named_with_its_cure(tmp_path):
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file" / "backups")
    with pytest.raises(BackupError, match="Not a directory: look at the disk"), store.open_for_writing():
        pytest.fail("it was opened")
    store = Store(tmp_path / "backups")
    with pytest.raises(BackupError, match="No space left on device: free some space"), store.open_for_writing():
        raise OSError(28, "No space left on device", "a")
