"""Which bytes are worth an item of their own: pictures, videos, and what may hold some."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from kavalan.fingerprint.kinds import is_picture, is_video, kind_of
from kavalan.sources.archive.passage import CHUNK, DamagedError

LEAST = 32
"""Bytes that a picture has at least."""

_HOLDERS = frozenset(
    {
        "application/gzip",
        "application/pdf",
        "application/vnd.ms-cab-compressed",
        "application/vnd.sqlite3",
        "application/x-7z-compressed",
        "application/x-bzip2",
        "application/x-ole-storage",
        "application/x-rar",
        "application/x-tar",
        "application/x-xz",
        "application/zstd",
    }
)
# Only what four bytes or more tell, so that chance finds none.
_BEHIND = (b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xdb", b"\xff\xd8\xff\xee", b"\x89PNG\r\n\x1a\n")
_PREFIX = 64


class Found(NamedTuple):
    """Media in bytes.

    Attributes:
        kind: its media type.
        prefix: how many bytes stand before it.
    """

    kind: str
    prefix: int = 0


def media_in(head: bytes) -> Found | None:
    """Media that begins with these bytes, or a JPEG, PNG or WebP that begins within the first 64 of them.

    Programs keep a picture with a length, a key or the header of a serialised object before it.

    Args:
        head: `HEAD_BYTES` of them, or all there are.
    """
    if not head:
        return None
    kind = kind_of(head)
    if is_picture(kind) or is_video(kind) or kind in _HOLDERS or head.startswith(b"PK\3\4"):
        return Found(kind)
    places = [at for at in (head.find(magic, 0, _PREFIX + len(magic)) for magic in _BEHIND) if at >= 0]
    riff = head.find(b"RIFF", 0, _PREFIX + 4)
    if riff >= 0 and head[riff + 8 : riff + 12] == b"WEBP":
        places.append(riff)
    return Found(kind_of(head[min(places) :]), min(places)) if places else None


def stretch(descriptor: int, start: int, end: int) -> Iterator[bytes]:
    """The bytes of a file between two places.

    Raises:
        DamagedError: the file ends before them.
    """
    for at in range(start, end, CHUNK):
        piece = os.pread(descriptor, min(CHUNK, end - at), at)
        if not piece:
            raise DamagedError("the file ends before it")
        yield piece
