import io
import os

import pytest

from kavalan.vault import AlteredError, Attributes, FolderReader, UnknownBlobError, write_folder

DATA = os.urandom(150_000)


def store(vault, *names):
    with write_folder(vault) as folder:
        for name in names:
            folder.add(Attributes(name, 0o100644, 0), io.BytesIO(name + DATA))
        return folder.keep()


def test_index_of_another_folder_is_refused(vault):
    one, other = store(vault, b"one"), store(vault, b"other")
    with pytest.raises(AlteredError, match="another folder"):
        FolderReader(vault, one.content.name, other.index.name)


def test_blob_that_is_no_index_is_refused(vault):
    stored = store(vault, b"one")
    with pytest.raises(AlteredError, match="not the index"):
        FolderReader(vault, stored.content.name, stored.content.name)
    with pytest.raises(UnknownBlobError):
        FolderReader(vault, stored.content.name, "0" * 64)


def test_members_that_are_open_at_once_do_not_disturb_each_other(vault):
    stored = store(vault, b"one", b"two")
    with FolderReader(vault, stored.content.name, stored.index.name) as folder:
        first, second = (folder.open(member) for member in folder)
        assert first.read(3) == b"one"
        assert second.read(3) == b"two"
        assert first.read() == DATA
        second.seek(-5, os.SEEK_END)
        assert second.read(100) == DATA[-5:]
        assert second.read(1) == b""


def test_altered_member_is_refused_and_the_others_are_read(vault):
    stored = store(vault, b"one", b"two", b"three")
    path = vault.blobs.path(stored.content.name)
    with FolderReader(vault, stored.content.name, stored.index.name) as folder:
        offset = folder.find(b"two").offset
    data = bytearray(path.read_bytes())
    data[offset + 90_000] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)
    with FolderReader(vault, stored.content.name, stored.index.name) as folder:
        assert folder.open(folder.find(b"three")).read() == b"three" + DATA
        with pytest.raises(AlteredError):
            folder.open(folder.find(b"two")).read()
