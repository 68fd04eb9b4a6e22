import datetime as dt
import io
import os

import pytest

from kavalan.vault import Fault, Inspector, Vault
from kavalan.vault.register import MISSING

KIB = 1024
BIG = 64 << 20


def put(vault, data):
    return vault.put(io.BytesIO(data), verify=False).name


@pytest.fixture
def inspector(vault):
    return Inspector(vault)


def flip(path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)


def verified(vault, before):
    """Names by when they were looked at, the longest ago first."""
    return [piece.name for piece in vault.register.due(before, 100)]


def test_runs_read_what_was_read_longest_ago_until_the_budget_is_spent(vault, inspector, clock):
    names = {put(vault, bytes([number]) * 100 * KIB) for number in range(5)}
    seen = []
    for _ in range(3):
        before = verified(vault, clock())
        inspection = inspector.run(200 * KIB, clock)
        assert (inspection.size, inspection.pieces, inspection.faults) == (200 * KIB, 2, ())
        seen += before[:2]
    assert set(seen[:5]) == names
    assert seen[5] == seen[0]
    assert inspector.standing().unverified == 0


def test_when_each_was_verified_outlives_the_process(vault, inspector, clock, workspace, keys):
    for number in range(3):
        put(vault, bytes([number]) * 1000)
    inspector.run(2000, clock)
    again = Inspector(Vault(workspace / "vault", keys, clock))
    assert again.standing().unverified == 1000
    assert again.run(1000, clock).standing.unverified == 0


def test_all_verified_within_some_days_is_answered(vault, inspector, clock):
    put(vault, b"one")
    assert not inspector.standing().all_verified_within(7, clock.now)
    inspector.run(100, clock)
    assert inspector.standing().all_verified_within(7, clock.now + dt.timedelta(days=6))
    assert not inspector.standing().all_verified_within(7, clock.now + dt.timedelta(days=8))


def test_one_piece_is_read_however_small_the_budget(vault, inspector, clock):
    put(vault, bytes(100 * KIB))
    assert inspector.run(0, clock).pieces == 1


def test_each_piece_is_read_once_however_large_the_budget(vault, inspector, clock):
    name = put(vault, b"one")
    with vault.register._change() as database:
        database.executemany("INSERT INTO piece VALUES (?, ?, 0, 0, 0, NULL)", ((name, n) for n in range(1, 600)))
    assert inspector.run(1 << 60, clock).pieces == 600


def test_altered_and_missing_blobs_are_named_and_the_others_are_read(vault, inspector, clock):
    sound, altered, missing, cut = (put(vault, bytes([number]) * 1000) for number in range(4))
    flip(vault.blobs.path(altered), -1)
    vault.blobs.path(missing).unlink()
    os.truncate(vault.blobs.path(cut), 500)
    inspection = inspector.run(1 << 30, clock)
    faults = {fault.name: fault.what for fault in inspection.faults}
    assert set(faults) == {altered, missing, cut}
    assert faults[missing] == MISSING
    assert "was altered" in faults[altered]
    assert {fault.name for fault in inspection.standing.faults} == set(faults)
    assert inspection.standing.unverified == 3000
    assert vault.verify(sound) == 1000


def test_whole_directory_that_is_missing_is_named(vault, inspector, clock):
    name = put(vault, b"text")
    path = vault.blobs.path(name)
    path.unlink()
    path.parent.rmdir()
    assert inspector.run(100, clock).faults == (Fault(name, MISSING),)


def test_restored_blob_is_sound_again(vault, inspector, clock):
    altered, missing = put(vault, b"one" * 1000), put(vault, b"two" * 1000)
    kept = {name: vault.blobs.path(name).read_bytes() for name in (altered, missing)}
    flip(vault.blobs.path(altered), -1)
    vault.blobs.path(missing).unlink()
    assert len(inspector.run(1 << 30, clock).faults) == 2
    for name, data in kept.items():
        vault.blobs.path(name).unlink(missing_ok=True)
        vault.blobs.path(name).write_bytes(data)
    inspection = inspector.run(1 << 30, clock)
    assert inspection.faults == ()
    assert inspection.standing.all_verified_within(1, clock.now)


def test_blobs_are_entered_anew_where_the_register_was_lost(vault, inspector, clock, workspace, keys, tmp_path):
    put(vault, b"one")
    put(vault, b"")
    (tmp_path / "image").write_bytes(b"image")
    vault.hold(os.fsencode(tmp_path / "image"))
    (workspace / "vault" / "register.sqlite3").unlink()
    again = Inspector(Vault(workspace / "vault", keys, clock))
    inspection = again.run(1 << 30, clock)
    assert (inspection.adopted, inspection.size, inspection.faults) == (3, 8, ())
    assert inspection.standing.size == 8
    assert inspection.standing.all_verified_within(1, clock.now)


def test_blob_that_was_entered_while_it_was_damaged_is_read_whole_once_it_is_restored(vault, clock, workspace, keys):
    name = put(vault, b"one" * 1000)
    path = vault.blobs.path(name)
    sound = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"damaged")
    (workspace / "vault" / "register.sqlite3").unlink()
    inspector = Inspector(Vault(workspace / "vault", keys, clock))
    assert [fault.name for fault in inspector.run(100, clock).faults] == [name]
    path.write_bytes(sound)
    inspector.run(1 << 30, clock)
    inspection = inspector.run(1 << 30, clock)
    assert inspection.faults == ()
    assert (inspection.standing.size, inspection.standing.unverified) == (3000, 0)


def test_blob_that_was_destroyed_is_not_missing_where_the_register_was_not_told(vault, inspector, clock):
    name = put(vault, b"one")
    entered = clock()
    vault.destroy(name)
    vault.register.enter(name, "blob", 3, entered, verified=True)
    inspection = inspector.run(100, clock)
    assert (inspection.faults, inspection.standing.things) == ((), 0)


def test_file_that_does_not_belong_is_named(vault, inspector, clock):
    name = put(vault, b"one")
    vault.blobs.path(name).with_name("note.txt").write_text("hallo")
    assert [fault.name for fault in inspector.run(100, clock).faults] == ["note.txt"]


def test_large_blob_is_read_piece_by_piece_in_several_runs(vault, inspector, clock):
    class Zeros(io.RawIOBase):
        left = BIG + 100 * KIB

        def read(self, size=-1):
            size = min(size, self.left)
            self.left -= size
            return bytes(size)

    name = vault.put(Zeros(), verify=False).name
    assert inspector.run(10, clock).size == BIG
    assert inspector.standing().unverified == 100 * KIB
    assert inspector.run(10, clock).size == 100 * KIB
    flip(vault.blobs.path(name), -90 * KIB)
    assert inspector.run(10, clock).faults == ()
    assert [fault.name for fault in inspector.run(10, clock).faults] == [name]


def test_what_is_held_in_place_is_read_under_the_same_budget(vault, inspector, clock, tmp_path):
    image = tmp_path / "image"
    with image.open("wb") as file:
        file.truncate(BIG + 10)
    name = vault.hold(os.fsencode(image))
    put(vault, b"blob")
    assert inspector.run(1 << 30, clock).size == BIG + 14
    with image.open("r+b") as file:
        file.seek(BIG + 3)
        file.write(b"x")
    faults = inspector.run(1 << 30, clock).faults
    assert faults == (Fault(name, f"was altered between byte {BIG} and {BIG + 10}"),)
    os.truncate(image, 10)
    assert {fault.name for fault in inspector.run(1 << 30, clock).faults} == {name}
    image.unlink()
    assert {fault.what for fault in inspector.run(1 << 30, clock).faults} == {
        "is gone; mount what it lay on, or bring it back"
    }
    assert b"image" not in (tmp_path / "workspace" / "vault" / "register.sqlite3").read_bytes()


def test_clock_that_goes_back_does_not_make_a_run_endless(vault, inspector, clock):
    put(vault, b"one")
    times = iter([clock() + dt.timedelta(days=1), clock.now - dt.timedelta(days=9)])
    assert inspector.run(1 << 30, lambda: next(times)).pieces == 1


def test_blob_that_is_destroyed_during_a_run_is_no_fault(vault, inspector, clock, monkeypatch):
    one, other = put(vault, b"one"), put(vault, b"other")
    real = Vault.open

    def destroying(self, name):
        if name == one:
            vault.destroy(one)
        return real(self, name)

    monkeypatch.setattr(Vault, "open", destroying)
    assert inspector.run(1 << 30, clock).faults == ()
    assert list(vault.names()) == [other]
