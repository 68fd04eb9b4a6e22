"""Which pictures have something behind them: asked of every picture, so at the price of two or three small reads."""

from __future__ import annotations

import os
from collections.abc import Iterator

from kavalan.fingerprint.kinds import kind_of

# An index of further pictures (CIPA DC-007), and Google's words for a video or a picture behind this one, in XMP.
_MARKS = (b"MPF\0", b"MotionPhoto", b"MicroVideo", b"photos/1.0/container/")
_HEIF = frozenset({"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence", "image/avif"})
_WINDOW = 8192
_SAMSUNG = b"SEFT"
_VIDEO_BOX = b"mpvd"
_BOXES_READ = 2


def has_trailer(descriptor: int, head: bytes, length: int) -> bool:
    """Whether a file is a JPEG or HEIF that says that more is behind it.

    It is looked for at its last four bytes, in its first bytes, and in 8 KiB from the first segment that begins behind
    them; in a HEIF at the two boxes that begin behind them.

    Args:
        descriptor: the file.
        head: its first bytes.
        length: bytes of the file.

    Raises:
        OSError: it cannot be read.
    """
    jpeg = head.startswith(b"\xff\xd8\xff")
    if not jpeg and (head[4:8] != b"ftyp" or kind_of(head) not in _HEIF):
        return False
    if os.pread(descriptor, 4, max(0, length - 4)) == _SAMSUNG:
        return True
    return _jpeg(descriptor, head) if jpeg else _heif(descriptor, head, length)


def _jpeg(descriptor: int, head: bytes) -> bool:
    if any(mark in head for mark in _MARKS):
        return True
    at = 2
    while at + 4 <= len(head):
        if head[at] != 0xFF or not (0xE0 <= head[at + 1] <= 0xEF or head[at + 1] == 0xFE):
            return False
        at += 2 + int.from_bytes(head[at + 2 : at + 4], "big")
    window = os.pread(descriptor, _WINDOW, at)
    return any(mark in window for mark in _MARKS)


def _heif(descriptor: int, head: bytes, length: int) -> bool:
    return any(kind == _VIDEO_BOX for kind, _, _ in boxes(descriptor, length, head, _BOXES_READ))


def boxes(descriptor: int, length: int, head: bytes = b"", most: int = 1000) -> Iterator[tuple[bytes, int, int]]:
    """The outermost boxes of a file (ISO/IEC 14496-12, 4.2): kind, where the content begins, where it ends.

    Args:
        descriptor: the file.
        length: its bytes.
        head: the first of them, which need not be read.
        most: how many boxes behind the head are read.
    """
    at = 0
    while at + 8 <= length and most >= 0:
        if at + 16 > len(head):
            most -= 1
            if most < 0:
                return
        found = head[at : at + 16] if at + 16 <= len(head) else os.pread(descriptor, 16, at)
        size, kind, start = int.from_bytes(found[:4], "big"), found[4:8], at + 8
        if size == 1:
            size, start = int.from_bytes(found[8:16], "big"), at + 16
        end = at + size if size else length
        if end < start:
            return
        yield kind, start, min(end, length)
        at = end
