"""What of a write-ahead log was not taken: SQLite does not say it, so it is told by how far it read."""

import io

import pytest

from kavalan.chats.database import Database
from tests.chats.database.test_base import BOATS, made, many

FRAME = 24 + 4096


@pytest.fixture
def files(tmp_path):
    """Each row is a change of its own, and each change a frame or more."""
    rows = [("INSERT INTO boat VALUES (?, ?, ?)", (n, f"boat {n}", n)) for n in range(1, 41)]
    main, wal = made(tmp_path, "PRAGMA wal_autocheckpoint=0", BOATS, *rows, wal=True)
    return main.getvalue(), wal.getvalue()


def opened(files, log):
    with Database(io.BytesIO(files[0]), io.BytesIO(log)) as base:
        rows = sum(1 for _ in base.walk("boat", (), lambda *_: None))
        return rows, base.log_fault


def test_a_whole_log_is_taken(files):
    assert opened(files, files[1]) == (40, "")


def test_a_damaged_frame_is_told_and_what_stands_before_it_is_read(files):
    log = bytearray(files[1])
    frames = (len(log) - 32) // FRAME
    log[32 + 20 * FRAME + 100] ^= 1
    rows, fault = opened(files, bytes(log))
    assert 0 < rows < 40
    assert fault == f"it is damaged at frame 21 of {frames}, and what it holds from there on could not be read"


def test_a_log_that_was_cut_is_told(files):
    rows, fault = opened(files, files[1][: -FRAME // 2])
    assert rows == 39
    assert fault.startswith("it ends within frame ")


def test_a_damaged_last_frame_is_told(files):
    log = bytearray(files[1])
    log[-1] ^= 1
    rows, fault = opened(files, bytes(log))
    assert rows == 39
    assert "it is damaged at frame" in fault


def test_a_change_that_was_not_ended_is_told(tmp_path):
    main, wal = made(tmp_path, "PRAGMA wal_autocheckpoint=0", BOATS, many(3000), wal=True)
    rows, fault = opened((main.getvalue(), b""), wal.getvalue()[:-FRAME])
    assert (rows, fault) == (0, "its last change is not whole, and was not taken")


@pytest.mark.parametrize("place", [0, 9, 17, 28])
def test_a_damaged_head_is_told(files, place):
    log = bytearray(files[1])
    log[place] ^= 0x55
    # Without its log this database has no table yet.
    with Database(io.BytesIO(files[0]), io.BytesIO(bytes(log))) as base:
        assert not base.has("boat")
        assert base.log_fault == "its head is damaged, and none of it could be read"


def test_frames_that_are_left_from_before_are_no_loss(files):
    left = bytearray(files[1][32 + 5 * FRAME : 32 + 9 * FRAME])
    for frame in range(4):
        left[frame * FRAME + 8 : frame * FRAME + 16] = bytes(8)
    assert opened(files, files[1] + bytes(left)) == (40, "")
