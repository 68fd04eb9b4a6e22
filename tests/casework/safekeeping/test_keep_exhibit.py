import hashlib
import io
import os
import zipfile

import pytest

from kavalan.casework import keys
from kavalan.casework.errors import RefusedError
from kavalan.casework.keys import LockedError
from kavalan.casework.safekeeping.models import Safekeeping, Way
from kavalan.casework.safekeeping.selectors import kept_of, stand
from kavalan.casework.safekeeping.services import keep_exhibit
from kavalan.casework.vault.models import What
from kavalan.casework.vault.selectors import kept
from kavalan.casework.vault.store import vault
from kavalan.casework.workspace import vault_of
from kavalan.vault import create_vault

from ..conftest import NOW
from .conftest import source_of


def test_folder_is_copied_with_all_that_is_in_it(filled, folder, keep):
    keeping = keep(filled, Way.COPY)
    with vault().open(keeping.content.name) as reader, zipfile.ZipFile(io.BytesIO(reader.read())) as copy:
        assert copy.namelist() == ["DCIM/", "DCIM/a.txt", "b.bin", "link"]
        assert copy.read("DCIM/a.txt") == (folder / "DCIM" / "a.txt").read_bytes()
        assert copy.read("b.bin") == (folder / "b.bin").read_bytes()
        assert copy.read("link") == b"b.bin"
    assert (keeping.members, keeping.left_out, keeping.index.what) == (4, 0, What.FOLDER_INDEX)


def test_what_cannot_be_copied_is_counted(filled, folder, keep):
    os.mkfifo(folder / "pipe")
    keeping = keep(filled, Way.COPY)
    assert (keeping.members, keeping.left_out) == (4, 1)


def test_file_is_copied_as_it_is(image, keep):
    keeping = keep(image, Way.COPY)
    data = source_of(image).read_bytes()
    with vault().open(keeping.content.name) as reader:
        assert reader.read() == data
    assert bytes(keeping.content.sha256) == hashlib.sha256(data).digest()


def test_held_file_stays_where_it_lies_and_its_digest_is_known(image, keep):
    keeping = keep(image, Way.HELD)
    assert bytes(keeping.content.sha256) == hashlib.sha256(source_of(image).read_bytes()).digest()
    assert list(vault().names()) == []
    assert vault().held(keeping.content.name).path == bytes(image.source)


def test_change_of_what_is_held_is_found_when_it_is_read_again(image, keep):
    keeping = keep(image, Way.HELD)
    with source_of(image).open("r+b") as file:
        file.write(b"X")
    with vault().open_held(keeping.content.name) as reader, pytest.raises(Exception, match="was altered"):
        reader.check(0)


def test_copy_is_seen_by_who_sees_the_exhibit(people, image, keep):
    keep(image, Way.COPY)
    seen = [kept(getattr(people, badge), NOW).count() for badge in ("alice", "bob", "dora", "charlie")]
    assert seen == [1, 1, 0, 0]


def test_verified_since_it_was_taken_in(image, keep):
    keep(image, Way.COPY)
    (one,) = stand(kept_of(image))
    assert one.fault is None
    assert one.verified is not None


def test_folder_is_not_held_in_place(people, filled, unlocked):
    with pytest.raises(RefusedError, match="folder cannot be held"):
        keep_exhibit(people.alice, people.warrant, filled, NOW, way=Way.HELD)


def test_what_is_kept_is_not_kept_again(people, image, keep):
    keep(image, Way.COPY)
    with pytest.raises(RefusedError, match="kept already"):
        keep_exhibit(people.alice, people.warrant, image, NOW, way=Way.HELD)


def test_locked_workspace_keeps_nothing(people, image):
    with pytest.raises(LockedError):
        keep_exhibit(people.alice, people.warrant, image, NOW, way=Way.COPY)
    assert not Safekeeping.objects.exists()


def test_media_free_workspace_keeps_no_copy(people, image, test_keys, workspace):
    create_vault(vault_of(workspace), test_keys[1].vault, media_free=True)
    keys.hold(test_keys[1])
    try:
        with pytest.raises(RefusedError, match="media-free"):
            keep_exhibit(people.alice, people.warrant, image, NOW, way=Way.COPY)
    finally:
        keys.hold(None)
