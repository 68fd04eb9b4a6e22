"""The extra fields of a ZIP's headers: wide sizes and better times (APPNOTE 4.5; Info-ZIP proginfo/extrafld.txt)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

_WIDE = 0x0001
_NTFS = 0x000A
_UNIX_TIMES = 0x5455
_FULL = 0xFFFFFFFF
# From 1601, in tenths of a microsecond, to 1970.
_NTFS_EPOCH = 11_644_473_600_000_000


class Times(NamedTuple):
    """Microseconds from 1970, or None."""

    modified: int | None
    created: int | None
    accessed: int | None
    local: bool


def fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each field; a broken one ends them."""
    at = 0
    while at + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, at)
        yield number, extra[at + 4 : at + 4 + length]
        at += 4 + length


def wide(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Size, packed size and offset, each from the ZIP64 field where the header has no room for it."""
    values = [size, packed, offset]
    for number, content in fields(extra):
        if number != _WIDE:
            continue
        at = 0
        for index, value in enumerate(values):
            if value == _FULL and at + 8 <= len(content):
                values[index] = int.from_bytes(content[at : at + 8], "little")
                at += 8
        break
    return values[0], values[1], values[2]


def times(moment: int, *extras: bytes) -> Times:
    """The times of a member: NTFS's, else Unix's, both UTC, else the two-second clock of the maker.

    Args:
        moment: date and time of MS-DOS, the date in the upper 16 bits.
        extras: the extra fields of each header; where two have a field, the later one's is taken.
    """
    found = {number: content for extra in extras for number, content in fields(extra)}
    ntfs = found.get(_NTFS, b"")
    if len(ntfs) >= 32 and struct.unpack_from("<HH", ntfs, 4) == (1, 24):
        modified, accessed, created = (_of_ntfs(value) for value in struct.unpack_from("<QQQ", ntfs, 8))
        return Times(modified, created, accessed, False)
    modified, accessed, created = _of_unix(found.get(_UNIX_TIMES, b""))
    if modified is not None:
        return Times(modified, created, accessed, False)
    return Times(_of_dos(moment), None, None, True)


def _of_unix(content: bytes) -> tuple[int | None, int | None, int | None]:
    """Modified, accessed and created of Info-ZIP's field: those whose bit is set follow one another.

    A directory repeats the bits of the member's own header and keeps the first time only.
    """
    times: list[int | None] = []
    at = 1
    for bit in range(3):
        there = bool(content) and bool(content[0] >> bit & 1) and at + 4 <= len(content)
        times.append(struct.unpack_from("<i", content, at)[0] * 1_000_000 if there else None)
        at += 4 * there
    return times[0], times[1], times[2]


def _of_ntfs(value: int) -> int | None:
    return value // 10 - _NTFS_EPOCH if value else None


def _of_dos(moment: int) -> int | None:
    date, time = moment >> 16, moment & 0xFFFF
    try:
        found = datetime(
            1980 + (date >> 9), date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2, tzinfo=UTC
        )
    except ValueError:
        return None
    return int(found.timestamp()) * 1_000_000
