"""Records of an NTFS master file table, taken apart.

Format: the NTFS documentation of the Linux-NTFS project (flatcap). A reader of our own for the table, since dissect's
decodes each name (one that is no UTF-16 fails its record) and takes a third of a millisecond for a record.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.diskimage.fat import utf8

_STANDARD, _LIST, _NAME, _DATA, _REPARSE = 0x10, 0x20, 0x30, 0x80, 0xC0
_DOS_NAME = 2
_EPOCH = 116_444_736_000_000_000
_SEGMENT = (1 << 48) - 1
_ATTRIBUTES_MOST = 4096
COMPRESSED, ENCRYPTED = 0x00FF, 0x4000


class Name(NamedTuple):
    """A name in a folder; a file has one for each of its hard links."""

    parent: int
    sequence: int
    name: bytes


class Piece(NamedTuple):
    """One of the attributes that make a stream.

    Attributes:
        first: the first virtual cluster of it.
        resident: its content, where it lies in the record.
        runs: as (cluster, count), None for a hole.
        size: of the whole stream, only of the piece whose `first` is 0, as are the next three.
        valid: how much of it was ever written.
        flags: `COMPRESSED`, `ENCRYPTED`.
        unit: clusters of a compression unit, as a power of two.
    """

    first: int
    resident: bytes | None
    runs: tuple[tuple[int | None, int], ...]
    size: int
    valid: int
    flags: int
    unit: int


@dataclass(slots=True)
class Record:
    """What a record says.

    Attributes:
        in_use: it belongs to a file that is listed.
        folder: the file is a folder.
        sequence: how often the record has been used.
        base: the record of which it is a continuation; 0 for none.
        names: without the short ones that were made for DOS.
        streams: pieces of the data streams, by name; the unnamed one is the content.
        times: created, modified, changed, accessed: microseconds from 1970.
        reparse: the tag of a reparse point; 0 for none.
        further: records that hold more of its attributes.
        far_list: where the list of these is, when it is too long to be in the record.
    """

    in_use: bool
    folder: bool
    sequence: int
    base: int
    names: list[Name] = field(default_factory=list)
    streams: dict[bytes, list[Piece]] = field(default_factory=dict)
    times: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    reparse: int = 0
    further: set[int] = field(default_factory=set)
    far_list: Piece | None = None


def record_of(raw: bytes) -> Record | None:
    """A record; None where there never was one.

    Raises:
        DamagedError: it is not whole.
    """
    if raw[:4] != b"FILE":
        if raw[:4] in {b"\0\0\0\0", b""}:
            return None
        raise DamagedError("it does not begin as a record of files does")
    raw = _mended(raw)
    sequence, _, at, flags = struct.unpack_from("<HHHH", raw, 16)
    base = int.from_bytes(raw[32:38], "little")
    record = Record(bool(flags & 1), bool(flags & 2), sequence, base)
    for kind, attribute in _attributes(raw, at):
        try:
            _heed(record, kind, attribute)
        except (struct.error, IndexError) as error:
            raise DamagedError("one of its attributes is cut") from error
    return record


def segments_in(listed: bytes) -> Iterator[int]:
    """The records that an attribute list names."""
    at = 0
    while at + 26 <= len(listed):
        length = int.from_bytes(listed[at + 4 : at + 6], "little")
        yield int.from_bytes(listed[at + 16 : at + 24], "little") & _SEGMENT
        if length < 26:
            return
        at += length


def _mended(raw: bytes) -> bytes:
    """The record with the last two bytes of each sector put back (its update sequence)."""
    at, count = struct.unpack_from("<HH", raw, 4)
    if count < 2 or at + 2 * count > len(raw) or (count - 1) * 512 > len(raw):
        raise DamagedError("its update sequence does not fit")
    mark, mended = raw[at : at + 2], bytearray(raw)
    for number in range(1, count):
        end = 512 * number
        if raw[end - 2 : end] != mark:
            raise DamagedError("it was only half written")
        mended[end - 2 : end] = raw[at + 2 * number : at + 2 * number + 2]
    return bytes(mended)


def _attributes(raw: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    for _ in range(_ATTRIBUTES_MOST):
        kind = int.from_bytes(raw[at : at + 4], "little")
        length = int.from_bytes(raw[at + 4 : at + 8], "little")
        if kind == 0xFFFFFFFF or length < 24 or at + length > len(raw):
            return
        yield kind, raw[at : at + length]
        at += length


def _heed(record: Record, kind: int, raw: bytes) -> None:
    if kind == _DATA:
        name = utf8(raw[(at := int.from_bytes(raw[10:12], "little")) : at + 2 * raw[9]])
        record.streams.setdefault(name, []).append(_piece(raw))
        return
    content = _resident(raw)
    if kind == _LIST:
        if content is None:
            record.far_list = _piece(raw)
        else:
            record.further.update(segments_in(content))
    elif content is None:
        return
    elif kind == _STANDARD:
        record.times = tuple(_time(at) for at in struct.unpack_from("<QQQQ", content))  # type: ignore[assignment]  # four
    elif kind == _NAME and content[65] != _DOS_NAME:
        parent = int.from_bytes(content[:8], "little")
        name = utf8(content[66 : 66 + 2 * content[64]]).replace(b"/", b"_")
        record.names.append(Name(parent & _SEGMENT, parent >> 48, name))
    elif kind == _REPARSE:
        record.reparse = int.from_bytes(content[:4], "little")


def _resident(raw: bytes) -> bytes | None:
    """The content of an attribute that lies in the record."""
    if raw[8]:
        return None
    length, at = struct.unpack_from("<IH", raw, 16)
    return raw[at : at + length]


def _piece(raw: bytes) -> Piece:
    flags = int.from_bytes(raw[12:14], "little")
    content = _resident(raw)
    if content is not None:
        return Piece(0, content, (), len(content), len(content), flags, 0)
    first, _, runs_at, unit = struct.unpack_from("<QQHH", raw, 16)
    _, size, valid = struct.unpack_from("<QQQ", raw, 40)
    return Piece(first, None, tuple(_runs(raw[runs_at:])), size, valid, flags, unit)


def _runs(raw: bytes) -> Iterator[tuple[int | None, int]]:
    at = cluster = 0
    while at < len(raw) and raw[at]:
        lengths, offsets = raw[at] & 15, raw[at] >> 4
        count = int.from_bytes(raw[at + 1 : at + 1 + lengths], "little")
        moved = raw[at + 1 + lengths : at + 1 + lengths + offsets]
        cluster += int.from_bytes(moved, "little", signed=True)
        if not count or count >= 1 << 48:
            return
        yield (cluster if offsets else None), count
        at += 1 + lengths + offsets


def _time(ticks: int) -> int | None:
    return (ticks - _EPOCH) // 10 if ticks else None
