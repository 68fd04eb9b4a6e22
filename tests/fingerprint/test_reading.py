"""One read of what is open: a file, memory that cannot change, or bytes that come once."""

import hashlib
import os
from pathlib import Path

import pytest

from kavalan.fingerprint.reading import take
from kavalan.sandbox import sealed


class Once:
    """Bytes that come in pieces and do not come again."""

    most = 1000

    def __init__(self, content, piece=3000):
        self.pieces = [content[at : at + piece] for at in range(0, len(content), piece)]
        self.closed = False

    def readinto(self, buffer):
        piece = self.pieces.pop(0) if self.pieces else b""
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self):
        self.closed = True


class Broken(Once):
    def readinto(self, buffer):
        raise OSError("the disk is gone")


PICTURE = b"\xff\xd8\xff\xe0" + bytes(50_000)
TEXT = b"a note " * 5_000


def digest(content):
    return hashlib.sha256(content).digest()


def test_bytes_that_come_once_are_digested_and_told_by_their_head():
    for content, kind in ((PICTURE, "image/jpeg"), (TEXT, "text/plain"), (b"", "inode/x-empty")):
        for piece in (1, 3000, 1 << 20):
            stream = Once(content[:10_000] if piece == 1 else content, piece)
            taken = take(stream)
            assert taken.digests.sha256 == digest(content[:10_000] if piece == 1 else content)
            assert (taken.kind, taken.decodable, stream.closed) == (kind, None, True)


def test_bytes_that_come_once_say_why_no_decoder_sees_them():
    assert take(Once(PICTURE)).passed == "not decoded: larger than the 1000 bytes that are held"
    assert take(Once(TEXT)).passed is None


def test_stream_that_breaks_is_closed():
    stream = Broken(b"")
    with pytest.raises(OSError, match="the disk is gone"):
        take(stream)
    assert stream.closed


def test_memory_that_cannot_change_is_handed_on_as_it_is():
    with sealed(PICTURE) as held:
        taken = take(os.open(f"/proc/self/fd/{held.fileno()}", os.O_RDONLY))
        assert (taken.held, taken.passed, taken.digests.sha256) == (True, None, digest(PICTURE))
        assert os.fstat(taken.decodable.fileno()).st_ino == os.fstat(held.fileno()).st_ino
        assert taken.decodable.read() == PICTURE
        taken.decodable.close()


def test_memory_that_no_decoder_is_for_is_let_go():
    with sealed(TEXT) as held:
        descriptor = os.open(f"/proc/self/fd/{held.fileno()}", os.O_RDONLY)
        assert take(descriptor).decodable is None
        assert not Path(f"/proc/self/fd/{descriptor}").exists()
