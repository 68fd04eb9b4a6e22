"""Blobs that come in pieces: whatever stops them, what was saved is there and what is there is what was sent."""

import hashlib
import random
import shutil
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kavalan.vault import AlteredError, BusyError, StorageError, UnknownBlobError, Vault, VaultError, parts
from kavalan.vault.age import CHUNK

NUMBER = "0123456789abcdef" * 2


def content(size, seed=1):
    return random.Random(seed).randbytes(size)  # noqa: S311 no secret


def file_of(workspace, ending=".part"):
    return workspace / "vault" / "parts" / f"{NUMBER}{ending}"


def send(vault, data, pieces=(1 << 20,)):
    """All of it, saved after each piece; each time by somebody else."""
    at, turn = 0, 0
    while at < len(data):
        size = pieces[turn % len(pieces)]
        with vault.parts.open(NUMBER) as part:
            assert part.size == at
            part.write(data[at : at + size])
            part.save()
        at, turn = at + size, turn + 1
    with vault.parts.open(NUMBER) as part:
        part.finish()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 300_001])
def test_what_came_in_pieces_is_the_blob_that_comes_at_once(vault, size):
    data = content(size)
    send(vault, data, (70_000, 1, CHUNK))
    stored = vault.adopt(NUMBER)
    with vault.open(stored.name) as reader:
        assert reader.readall() == data
    assert (stored.size, stored.sha256, stored.new) == (size, hashlib.sha256(data).digest(), True)
    assert vault.find(hashlib.sha256(data).digest()) == stored.name


def test_age_itself_opens_what_came_in_pieces(vault, workspace, keys):
    pyrage = pytest.importorskip("pyrage", reason="the package pyrage is not installed")
    data = content(200_000)
    send(vault, data, (90_000,))
    stored = vault.adopt(NUMBER)
    secret = pyrage.x25519.Identity.from_str(keys.identity.text)
    assert pyrage.decrypt(vault.blobs.path(stored.name).read_bytes(), [secret]) == data


@given(
    saved=st.lists(st.integers(1, 3 * CHUNK), min_size=1, max_size=4),
    more=st.integers(0, 3 * CHUNK),
    cut=st.integers(0, 3 * CHUNK + 100),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_a_crash_all_that_was_saved_is_there_and_nothing_else(vault, saved, more, cut):
    """Killed while it wrote behind what was saved: as much of that as reached the file, to any byte."""
    vault.parts.remove(NUMBER)
    data, at = content(sum(saved) + more), 0
    for size in saved:
        with vault.parts.open(NUMBER) as part:
            part.write(data[at : at + size])
            part.save()
        at += size
    path = vault.parts._path(NUMBER, ".part")
    length = path.stat().st_size
    with vault.parts.open(NUMBER) as part:
        part.write(data[at:])
    with path.open("r+b") as file:
        file.truncate(max(length, path.stat().st_size - cut))
    with vault.parts.open(NUMBER) as part:
        assert at <= part.size <= len(data)
        part.write(data[part.size :])
        part.finish()
    with vault.open(vault.adopt(NUMBER).name) as reader:
        assert reader.readall() == data


def test_power_that_went_leaves_only_chunks_that_are_what_was_sent(vault, workspace):
    """The file has its length and not its bytes: what was not synced is zeros."""
    data = content(6 * CHUNK)
    with vault.parts.open(NUMBER) as part:
        part.write(data[: 2 * CHUNK])
        part.save()
        length = file_of(workspace).stat().st_size
        part.write(data[2 * CHUNK :])
    with file_of(workspace).open("r+b") as file:
        file.seek(length + CHUNK + 16 + 500)
        file.write(bytes(CHUNK))
    with vault.parts.open(NUMBER) as part:
        assert 2 * CHUNK <= part.size < 4 * CHUNK


@pytest.mark.parametrize("left", [0, 1, 100, 400])
def test_crash_at_the_very_beginning_is_begun_anew(vault, workspace, left):
    vault.parts.open(NUMBER).close()
    with file_of(workspace).open("r+b") as file:
        file.truncate(left)
    send(vault, b"lighthouse")
    assert vault.adopt(NUMBER).size == 10


def test_crash_between_the_last_chunk_and_the_end_asks_for_no_more_than_the_end(vault, workspace, monkeypatch):
    data = content(CHUNK + 7)
    with vault.parts.open(NUMBER) as part:
        part.write(data)
        monkeypatch.setattr(parts.os, "fchmod", fail)
        with pytest.raises(StorageError):
            part.finish()
    monkeypatch.undo()
    with vault.parts.open(NUMBER) as part:
        assert part.size == len(data)
        part.finish()
    assert vault.adopt(NUMBER).sha256 == hashlib.sha256(data).digest()


@pytest.mark.parametrize("moment", ["header written", "header torn", "in its place"])
def test_crash_while_it_is_given_its_name_is_gone_on_with(vault, workspace, moment):
    data = content(CHUNK + 7)
    send(vault, data)
    path, stored = vault.parts.settle(NUMBER)
    if moment == "header torn":
        path.chmod(0o600)
        with path.open("r+b") as file:
            file.seek(150)
            file.write(bytes(100))
    if moment == "in its place":
        vault.adopt(NUMBER)
    again = vault.adopt(NUMBER)
    assert again.name == stored.name
    with vault.open(again.name) as reader:
        assert reader.readall() == data


def test_content_that_is_there_already_is_not_kept_twice(vault, workspace):
    first = vault.put(BytesIO(b"lighthouse"))
    send(vault, b"lighthouse")
    assert vault.adopt(NUMBER) == type(first)(first.name, first.sha256, first.size, new=False)
    vault.parts.remove(NUMBER)
    assert vault.parts.numbers() == set()


def fail(*_):
    raise OSError(28, "No space left on device")


def test_full_disk_loses_nothing_that_was_saved(vault, monkeypatch):
    data = content(4 * CHUNK)
    with vault.parts.open(NUMBER) as part:
        part.write(data[:CHUNK])
        part.save()
        monkeypatch.setattr(parts, "write_all", fail)
        with pytest.raises(StorageError, match="No space left"):
            part.write(data[CHUNK:])
    monkeypatch.undo()
    with vault.parts.open(NUMBER) as part:
        assert part.size == CHUNK
        part.write(data[CHUNK:])
        part.finish()
    assert vault.adopt(NUMBER).sha256 == hashlib.sha256(data).digest()


def test_two_do_not_write_at_once(vault):
    with vault.parts.open(NUMBER), pytest.raises(BusyError):
        vault.parts.open(NUMBER)


def test_nothing_is_written_behind_the_end(vault):
    send(vault, b"lighthouse")
    assert vault.parts.has_come(NUMBER)
    with pytest.raises(VaultError, match="come whole"):
        vault.parts.open(NUMBER)


def test_what_has_not_come_whole_is_not_adopted(vault):
    with vault.parts.open(NUMBER) as part:
        part.write(b"light")
        part.save()
    with pytest.raises(UnknownBlobError):
        vault.adopt(NUMBER)


def test_altered_byte_is_found_when_it_is_adopted(vault, workspace):
    send(vault, content(3 * CHUNK))
    path = file_of(workspace, ".whole")
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(2 * CHUNK)
        file.write(b"x")
    with pytest.raises(AlteredError):
        vault.adopt(NUMBER)


def test_what_somebody_else_put_there_is_not_gone_on_with(vault, workspace, keys, clock):
    """Whoever has the public keys can make a file that the unit's key opens, but not one that bears the seal."""
    other = "f" * 32
    with vault.parts.open(other) as part:
        part.write(content(2 * CHUNK))
        part.save()
    shutil.copyfile(file_of(workspace).with_name(f"{other}.part"), file_of(workspace))
    with pytest.raises(AlteredError):
        vault.parts.open(NUMBER)


def test_no_plain_byte_is_on_the_disk(vault, workspace):
    canary = b"a heron over the harbour wall"
    with vault.parts.open(NUMBER) as part:
        part.write(canary * 5000)
        part.save()
    for path in (workspace / "vault" / "parts").iterdir():
        assert canary not in path.read_bytes()


def test_a_new_opening_sweeps_small_files_that_were_being_written_and_keeps_the_rest(vault, workspace, keys, clock):
    with vault.parts.open(NUMBER) as part:
        part.write(b"light")
        part.save()
    left = workspace / "vault" / "parts" / f"{'a' * 32}.draft"
    left.write_bytes(b"")
    again = Vault(workspace / "vault", keys, clock)
    assert not left.exists()
    with again.parts.open(NUMBER) as part:
        assert part.size == 5
