"""Caches of small pictures: Windows' thumbcache_*.db and Android's .thumbdata.

Windows, from Vista on: the format is described by libyal (Windows Explorer Thumbnail Cache database format) and read by
Thumbcache Viewer; its maker has not published it. Android: `MiniThumbFile.java` of the Android Open Source Project,
versions 3 and 4 and those like them: slots of 10,000 bytes, a slot for each number that MediaStore gave a file.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from kavalan.fingerprint.kinds import HEAD_BYTES
from kavalan.sources.archive.passage import CHUNK, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request, Still
from kavalan.sources.embedded.media import media_in, stretch
from kavalan.sources.embedded.naming import ending_of
from kavalan.sources.trace import Trace

WINDOWS = b"CMMM"
_VISTA, _SEVEN = 20, 21
_HEADER = 12
_TICK = 4096
SLOT = 10_000
_SLOT_HEADER = struct.Struct(">BqL")
_SLOTS_READ = 100
_JPEG = b"\xff\xd8\xff"


class _Entry(NamedTuple):
    """An entry of Windows' cache: its key, where its bytes begin and end, where the next entry begins."""

    key: int
    start: int
    end: int
    following: int


def has_thumbnails(descriptor: int, head: bytes, length: int) -> bool:
    """Whether a file is such a cache. A cache of Android whose first slots are empty is told by its last.

    Args:
        descriptor: the file.
        head: its first bytes.
        length: bytes of the file.

    Raises:
        OSError: it cannot be read.
    """
    if head.startswith(WINDOWS) or _is_slot(head):
        return True
    if length <= SLOT or head.strip(b"\0"):
        return False
    return _is_slot(os.pread(descriptor, 16, (length - 1) // SLOT * SLOT))


def read_thumbnails(source: BinaryIO, _request: Request, passage: Passage) -> Iterator[Said]:
    """Say the pictures of a cache."""
    descriptor = source.fileno()
    length = os.fstat(descriptor).st_size
    head = os.pread(descriptor, _HEADER, 0)
    if head.startswith(WINDOWS):
        yield from _windows(descriptor, length, int.from_bytes(head[4:8], "little"), passage)
    else:
        yield from _android(descriptor, length, passage)


def _windows(descriptor: int, length: int, version: int, passage: Passage) -> Iterator[Said]:
    at, others, damaged, count = _HEADER, 0, 0, 0
    while (at := _next_entry(descriptor, length, at)) < length:
        count += 1
        entry = _entry(descriptor, at, version)
        at = min(entry.following, length)
        if count % _TICK == 0:
            yield Still()
        if entry.end > entry.following or entry.end > length:
            damaged += 1
            continue
        found = media_in(os.pread(descriptor, min(HEAD_BYTES, entry.end - entry.start), entry.start))
        if found is None or found.prefix:
            others += entry.end > entry.start
            continue
        evidence = f"thumbnail cache of Windows, version {version}, entry {entry.key:016x}"
        name = b"%016x.%b" % (entry.key, ending_of(found.kind))
        yield from _picture(descriptor, name, (entry.start, entry.end), evidence, passage)
    if others or damaged:
        yield rest(f"a thumbnail cache: {others} entries hold no picture that is known, {damaged} lead out of it")


def _next_entry(descriptor: int, length: int, at: int) -> int:
    """Where the next entry begins, at a place or behind it; the length where there is none."""
    while at < length:
        block = os.pread(descriptor, CHUNK, at)
        found = block.find(WINDOWS)
        if found >= 0:
            return at + found
        at += max(1, len(block) - len(WINDOWS) + 1)
    return length


def _entry(descriptor: int, at: int, version: int) -> _Entry:
    """The header has 48 bytes; Vista adds four letters of 16 bits behind the key, Windows 8 width and height."""
    head = os.pread(descriptor, 56, at).ljust(56, b"\0")
    size, key = struct.unpack_from("<LQ", head, 4)
    name, padding, taken = struct.unpack_from("<LLL", head, 24 if version <= _VISTA else 16)
    start = at + (48 if version == _SEVEN else 56) + name + padding
    return _Entry(key, start, start + taken, at + max(size, len(WINDOWS)))


def _android(descriptor: int, length: int, passage: Passage) -> Iterator[Said]:
    others = 0
    for first in range(0, length, SLOT * _SLOTS_READ):
        block = os.pread(descriptor, SLOT * _SLOTS_READ, first)
        yield Still()
        if not block.strip(b"\0"):
            continue
        for at in range(0, len(block), SLOT):
            number, slot = (first + at) // SLOT, block[at : at + SLOT]
            if _is_slot(slot):
                start = first + at + _SLOT_HEADER.size
                span = (start, start + _SLOT_HEADER.unpack_from(slot)[2])
                evidence = f"Android's .thumbdata, entry of the file with number {number} in MediaStore"
                yield from _picture(descriptor, b"%d.jpg" % number, span, evidence, passage)
            elif slot[:1] != b"\0":
                others += 1
    if others:
        yield rest(f"a thumbnail cache: {others} entries hold no JPEG")


def _is_slot(slot: bytes) -> bool:
    """Whether a slot is in use and holds a JPEG that fits into it."""
    if len(slot) < 16 or slot[_SLOT_HEADER.size : 16] != _JPEG:
        return False
    used, _, taken = _SLOT_HEADER.unpack_from(slot)
    return bool(used == 1) and 3 < taken <= SLOT - _SLOT_HEADER.size


def _picture(descriptor: int, name: bytes, span: tuple[int, int], evidence: str, passage: Passage) -> Iterator[Said]:
    """A picture; that it is there says only that one of the file was made."""
    trace = Trace("previewed", f"{evidence}: a small picture of a file was made")
    size = span[1] - span[0]
    yield from passage.member(Begin(name, traces=(trace,)), partial(stretch, descriptor, *span), size=size, packed=size)
