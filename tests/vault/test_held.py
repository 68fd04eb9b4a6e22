import hashlib
import os

import pytest

from kavalan.vault import AlteredError, ChangedError, StorageError, UnknownBlobError
from kavalan.vault import held as module

PIECE = 64 << 20


@pytest.fixture
def image(tmp_path):
    """A disk image of two pieces and a bit, most of it a hole."""
    path = tmp_path / "image \xff.dd"
    with path.open("wb") as file:
        file.truncate(2 * PIECE + 1000)
        file.seek(PIECE - 3)
        file.write(b"across the border")
        file.seek(-4, os.SEEK_END)
        file.write(b"last")
    return path


def name_of(vault, path):
    return vault.hold(os.fsencode(path))


def test_manifest_holds_path_size_and_digests(vault, image):
    held = vault.held(name_of(vault, image))
    data = image.read_bytes()
    assert (held.path, held.size) == (os.fsencode(image.resolve()), len(data))
    assert held.sha256 == hashlib.sha256(data).digest()
    assert held.pieces == b"".join(hashlib.sha256(data[at : at + PIECE]).digest() for at in range(0, len(data), PIECE))


def test_bytes_are_read_across_pieces(vault, image):
    with vault.open_held(name_of(vault, image)) as reader:
        reader.seek(PIECE - 3)
        assert reader.read(3) + reader.read(14) == b"across the border"
        reader.seek(-4, os.SEEK_END)
        assert reader.read(100) == b"last"
        assert reader.read(1) == b""


def test_altered_byte_is_refused_and_other_pieces_are_read(vault, image):
    name = name_of(vault, image)
    with image.open("r+b") as file:
        file.seek(PIECE + 500)
        file.write(b"x")
    with vault.open_held(name) as reader:
        assert reader.read(10) == bytes(10)
        reader.seek(PIECE)
        with pytest.raises(AlteredError, match=f"between byte {PIECE} and {2 * PIECE}"):
            reader.read(10)


def test_truncation_is_refused(vault, image):
    name = name_of(vault, image)
    os.truncate(image, PIECE)
    with pytest.raises(AlteredError, match=f"has {PIECE} bytes, not {2 * PIECE + 1000}"):
        vault.open_held(name)


def test_truncation_after_opening_is_refused(vault, image):
    with vault.open_held(name_of(vault, image)) as reader:
        os.truncate(image, 10)
        with pytest.raises(AlteredError):
            reader.read(10)


def test_vanished_file_is_said_to_be_gone(vault, image):
    name = name_of(vault, image)
    image.unlink()
    with pytest.raises(UnknownBlobError, match="is gone"):
        vault.open_held(name)


def test_file_that_changes_while_it_is_read_is_refused(vault, image, monkeypatch):
    real = module._parts

    def writing(handle, path, number, size):
        if number == 1:
            with image.open("ab") as file:
                file.write(b"more")
        return real(handle, path, number, size)

    monkeypatch.setattr(module, "_parts", writing)
    with pytest.raises(ChangedError, match="read-only"):
        name_of(vault, image)


def test_same_file_is_held_once_and_a_copy_by_itself(vault, tmp_path):
    (tmp_path / "one").write_bytes(b"text")
    (tmp_path / "two").write_bytes(b"text")
    (tmp_path / "link").symlink_to("one")
    one = name_of(vault, tmp_path / "one")
    assert name_of(vault, tmp_path / "link") == one
    assert name_of(vault, tmp_path / "two") != one


def test_empty_file_is_held(vault, tmp_path):
    (tmp_path / "empty").touch()
    with vault.open_held(name_of(vault, tmp_path / "empty")) as reader:
        assert reader.read() == b""
        reader.check(0)


@pytest.mark.parametrize("path", [b"/dev/null", b"/"])
def test_what_is_no_file_is_refused(vault, path):
    with pytest.raises(StorageError):
        vault.hold(path)


def test_missing_file_is_named_with_what_is_unprintable_escaped(vault):
    with pytest.raises(UnknownBlobError, match=r"/none\\x1b\\udcff: is gone"):
        vault.hold(b"/none\x1b\xff")


def test_path_and_digest_lie_nowhere_in_clear(vault, image, workspace):
    held = vault.held(name_of(vault, image))
    for path in workspace.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"image" not in data
            assert held.sha256 not in data


def test_released_evidence_is_forgotten_and_not_touched(vault, image):
    name = name_of(vault, image)
    vault.release(name)
    with pytest.raises(UnknownBlobError):
        vault.held(name)
    assert image.exists()
    assert vault.register.standing().things == 0
