"""A canary is planted and then looked for in every file of the workspace and of the folder for temporary files."""

import hashlib
import io
import os
import tempfile

import pytest

from kavalan.vault import Attributes, Inspector, write_folder

CANARY = b"a canary in a coal mine, 43 bytes of it all"
DATA = CANARY * 10_000
SHA256 = hashlib.sha256(DATA)


@pytest.fixture
def search(workspace, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)

    def run():
        found = [path for folder in (workspace, tmp_path / "tmp") for path in folder.rglob("*") if path.is_file()]
        for path in found:
            data = path.read_bytes()
            assert CANARY[:8] not in data, path
            assert SHA256.digest() not in data, path
            assert SHA256.hexdigest().encode() not in data, path
            assert "canary" not in path.name
        return found

    return run


def test_canary_lies_nowhere_while_a_blob_is_written_read_verified_and_destroyed(vault, search, clock, monkeypatch):
    with vault.draft() as draft:
        for _ in range(10):
            draft.write(DATA[: len(DATA) // 10])
            os.fsync(draft._handle)
            assert len(search()) >= 3
    stored = vault.put(io.BytesIO(DATA))
    search()
    with vault.open(stored.name) as reader:
        reader.seek(100_000)
        reader.read(100_000)
        search()
    Inspector(vault).run(1 << 30, clock)
    vault.rewrap(stored.name)
    search()
    vault.destroy(stored.name)
    search()


def test_canary_lies_nowhere_while_a_folder_is_written(vault, search):
    with write_folder(vault) as folder:
        for number in range(5):
            folder.add(Attributes(b"canary %d" % number, 0o100644, 0), io.BytesIO(DATA))
            search()
        folder.keep()
    assert len(search()) >= 4


def test_canary_lies_nowhere_when_evidence_is_held_in_place(vault, search, tmp_path):
    (tmp_path / "canary").write_bytes(DATA)
    name = vault.hold(os.fsencode(tmp_path / "canary"))
    with vault.open_held(name) as reader:
        assert reader.read(len(CANARY)) == CANARY
        search()


def test_search_finds_a_canary_that_is_planted(search, workspace):
    workspace.mkdir()
    (workspace / "leak").write_bytes(CANARY)
    with pytest.raises(AssertionError):
        search()
