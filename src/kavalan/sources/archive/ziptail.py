"""Where a ZIP's central directory is: told from the end of the file, since anything may stand before the archive."""

from __future__ import annotations

import struct
from typing import NamedTuple

from kavalan.sources.archive.lent import At, read_at

_END = struct.Struct("<4sHHHHLLH")
_END_WIDE = struct.Struct("<4sQHHLLQQQQ")
_LOCATOR = struct.Struct("<4sLQL")
TAIL_BYTES = _END.size + 0xFFFF


class Directory(NamedTuple):
    """A central directory.

    Attributes:
        start: where it begins in the file.
        size: bytes.
        entries: how many it states.
        base: what to add to the offsets it holds: the length of what stands before the archive.
    """

    start: int
    size: int
    entries: int
    base: int


def find_directory(descriptor: At, length: int) -> Directory | None:
    """The directory of the ZIP that ends last in a file.

    Args:
        descriptor: the file, which may hold something else before the archive.
        length: its bytes.
    """
    before = max(0, length - TAIL_BYTES)
    tail = read_at(descriptor, TAIL_BYTES, before)
    at = len(tail)
    while (at := tail.rfind(b"PK\5\6", 0, at)) >= 0:
        if len(tail) - at >= _END.size:
            found = _directory(descriptor, tail, at, before)
            if found is not None:
                return found
    return None


def _directory(descriptor: At, tail: bytes, at: int, before: int) -> Directory | None:
    _, _, _, _, entries, size, offset, comment = _END.unpack_from(tail, at)
    if at + _END.size + comment > len(tail):
        return None
    end = before + at
    if entries == 0xFFFF or 0xFFFFFFFF in {size, offset}:
        wide = _wide(descriptor, end)
        if wide is not None:
            return wide
    return _checked(descriptor, end, size, offset, entries)


def _wide(descriptor: At, end: int) -> Directory | None:
    """The ZIP64 record, found by its locator or, where something stands before the archive, right before it."""
    place = end - _LOCATOR.size
    locator = read_at(descriptor, _LOCATOR.size, place) if place >= 0 else b""
    if len(locator) < _LOCATOR.size or not locator.startswith(b"PK\6\7"):
        return None
    stated = _LOCATOR.unpack(locator)[2]
    for position in (place - _END_WIDE.size, stated):
        record = read_at(descriptor, _END_WIDE.size, position) if 0 <= position < 1 << 63 else b""
        if len(record) == _END_WIDE.size and record.startswith(b"PK\6\6"):
            *_, entries, size, offset = _END_WIDE.unpack(record)
            return _checked(descriptor, position, size, offset, entries)
    return None


def _checked(descriptor: At, end: int, size: int, offset: int, entries: int) -> Directory | None:
    """A directory that ends where its end record begins, and holds an entry unless it is empty."""
    start = end - size
    base = start - offset
    if start < 0 or base < 0:
        return None
    if size and read_at(descriptor, 4, start) != b"PK\1\2":
        return None
    return Directory(start, size, entries, base)
