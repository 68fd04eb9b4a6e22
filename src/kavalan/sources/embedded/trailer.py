"""What a picture carries behind it: the video of a motion photo, further pictures, Samsung's trailer.

Samsung's trailer is described by ExifTool's Samsung module; it is not published by its maker. The box `mpvd` of HEIF is
that of Google's motion photo format.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from kavalan.fingerprint.kinds import HEAD_BYTES
from kavalan.sources.archive.passage import DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request
from kavalan.sources.embedded.behind import read_behind
from kavalan.sources.embedded.media import media_in, stretch
from kavalan.sources.embedded.multipicture import Part, stated_parts
from kavalan.sources.embedded.naming import ending_of, spelled
from kavalan.sources.embedded.trailermark import boxes

_MOTION = b"motion photo"
_SAMSUNG_MOTION = b"MotionPhoto_Data"
_BLOCKS = 1000
# A few bytes of a version stand before the video in some.
_BEFORE_VIDEO = 64


def read_trailer(source: BinaryIO, request: Request, passage: Passage) -> Iterator[Said]:
    """Say the pictures and videos behind a picture, each once however often it is listed, and a ZIP there."""
    descriptor = source.fileno()
    length = os.fstat(descriptor).st_size
    seen: set[int] = set()
    try:
        for part in _parts(descriptor, length):
            yield from _member(descriptor, part, length, seen, passage)
    except DamagedError as error:
        yield rest(str(error))
    yield from read_behind(source, request, passage)


def _parts(descriptor: int, length: int) -> Iterator[Part]:
    """Samsung's first: its lengths are exact where Google's include what Samsung appends."""
    tail = os.pread(descriptor, 8, max(0, length - 8))
    if tail.endswith(b"SEFT"):
        yield from _samsung(descriptor, length - 8 - int.from_bytes(tail[:4], "little"), length - 8)
    if os.pread(descriptor, 3, 0) == b"\xff\xd8\xff":
        yield from stated_parts(descriptor, length)
    else:
        for kind, start, end in boxes(descriptor, length):
            if kind == b"mpvd":
                yield Part(start, end, _MOTION)


def _samsung(descriptor: int, start: int, end: int) -> Iterator[Part]:
    """The blocks that a directory lists, which lies between two places."""
    head = os.pread(descriptor, 12, start) if start > 0 else b""
    if not head.startswith(b"SEFH") or end - start < 12:
        raise DamagedError("its trailer (SEFT) has no beginning that is one")
    count = min(int.from_bytes(head[8:12], "little"), (end - start - 12) // 12, _BLOCKS)
    listed = os.pread(descriptor, 12 * count, start + 12)
    for _, _, before, taken in struct.iter_unpack("<HHLL", listed[: len(listed) // 12 * 12]):
        if 0 < taken <= before <= start:
            yield _block(descriptor, start - before, taken)


def _block(descriptor: int, at: int, taken: int) -> Part:
    head = os.pread(descriptor, 8 + 255, at)
    name = head[8 : 8 + min(int.from_bytes(head[4:8], "little"), 255)]
    start = at + 8 + int.from_bytes(head[4:8], "little")
    plain = _MOTION if name == _SAMSUNG_MOTION else b"sef " + spelled(name.decode("utf-8", "surrogateescape"))
    return Part(start, at + taken, plain)


def _member(descriptor: int, part: Part, length: int, seen: set[int], passage: Passage) -> Iterator[Said]:
    """The part, where it begins in the file, and as a picture or a video does."""
    end = min(part.end, length)
    if not 0 < part.start < end:
        return
    head = os.pread(descriptor, min(HEAD_BYTES, end - part.start), part.start)
    video = head.find(b"ftyp", 4, _BEFORE_VIDEO + 8) - 4
    start = part.start + max(0, video)
    found = media_in(head[max(0, video) :])
    if found is None or found.prefix or start in seen:
        return
    seen.add(start)
    size = end - start
    name = part.name + b"." + ending_of(found.kind)
    remarks: tuple[str, ...] = (part.remark,) if part.remark else ()
    if end < part.end:
        remarks += (f"stated to lead {part.end - end} bytes out of the file",)
    yield from passage.member(
        Begin(name, remarks=remarks), partial(stretch, descriptor, start, end), size=size, packed=size
    )
