"""ZIP, read by its central directory in one pass and constant memory (PKWARE APPNOTE 6.3.10).

The standard library's reader holds every entry (a gigabyte for a million files), decodes names, and gives up on the
whole archive for one bad one. This one keeps eight bytes an entry (where each begins, to see what overlaps).
"""

from __future__ import annotations

import os
import stat
import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

from kavalan.sources.archive import zipextra
from kavalan.sources.archive.decoders import (
    Decoder,
    Stored,
    bzip2_decoder,
    decoded,
    deflate_decoder,
    raw_lzma,
    unzstd,
    xz_decoder,
)
from kavalan.sources.archive.lent import At, read_at
from kavalan.sources.archive.passage import CHUNK, DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request
from kavalan.sources.archive.ziptail import Directory, find_directory

_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_BLOCK = 1 << 20
_LONGEST = _CENTRAL.size + 3 * 0xFFFF

_ENCRYPTED = 1
_DESCRIPTOR = 1 << 3
_MASKED = 1 << 13
# Of a data descriptor with its signature, narrow and wide (APPNOTE 4.3.9).
_DESCRIPTOR_SIZES = (16, 24)
_UNIX = 3
_AES = 99
_NOT_READ = {1: "Shrink", 6: "Implode", 9: "Deflate64", 96: "JPEG variant", 97: "WavPack", 98: "PPMd", 99: "AES"}
_SPECIAL = {
    stat.S_IFLNK: "symbolic link, not followed",
    stat.S_IFIFO: "named pipe, not read",
    stat.S_IFSOCK: "socket, not read",
    stat.S_IFCHR: "character device, not read",
    stat.S_IFBLK: "block device, not read",
}


class Entry(NamedTuple):
    """What the central directory, or a local header, says of a member."""

    name: bytes
    made_by: int
    flags: int
    method: int
    moment: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int
    extra: bytes

    @property
    def is_folder(self) -> bool:
        """A folder, which has no bytes; with bytes it is a file, whatever its name ends with."""
        return self.name.endswith(b"/") and self.size == 0 and self.packed <= 2


def read_zip(source: BinaryIO, _request: Request, passage: Passage) -> Iterator[Said]:
    """Say the members in the order of the central directory; without one, in the order of their headers."""
    descriptor = source.fileno()
    yield from read_zip_at(descriptor, os.fstat(descriptor).st_size, passage)


def read_zip_at(descriptor: At, length: int, passage: Passage) -> Iterator[Said]:
    """The same for a file of so many bytes, which may be lent.

    Raises:
        DamagedError: what is lent cannot be read.
    """
    directory = find_directory(descriptor, length)
    if directory is None:
        yield from _without_directory(descriptor, length, passage)
        return
    starts = array("Q", sorted(entry.offset + directory.base for entry in entries(descriptor, directory)))
    count = 0
    for entry in entries(descriptor, directory):
        count += 1
        if not entry.is_folder:
            yield from _member(descriptor, entry, directory, starts, passage)
    if count != directory.entries:
        yield rest(f"its directory states {directory.entries} entries and holds {count} that can be read")


def entries(descriptor: At, directory: Directory) -> Iterator[Entry]:
    """The entries of the central directory, folders among them, a block at a time."""
    held, at, left = b"", 0, directory.size
    position = directory.start
    while True:
        if len(held) - at < _LONGEST and left > 0:
            piece = read_at(descriptor, min(_BLOCK, left), position)
            held, at = held[at:] + piece, 0
            position += len(piece)
            left = left - len(piece) if piece else 0
        if len(held) - at < _CENTRAL.size or held[at : at + 4] != b"PK\1\2":
            return
        entry, at = _entry(held, at)
        yield entry


def _entry(held: bytes, at: int) -> tuple[Entry, int]:
    (_, made_by, _, flags, method, time, date, crc, packed, size, *lengths, _, _, attributes, offset) = (
        _CENTRAL.unpack_from(held, at)
    )
    name_length, extra_length, comment_length = lengths
    start = at + _CENTRAL.size
    name = held[start : start + name_length]
    extra = held[start + name_length : start + name_length + extra_length]
    size, packed, offset = zipextra.wide(extra, size, packed, offset)
    end = start + name_length + extra_length + comment_length
    moment = date << 16 | time
    return Entry(name, made_by, flags, method, moment, crc, packed, size, attributes, offset, extra), end


def _member(descriptor: At, entry: Entry, directory: Directory, starts: array[int], passage: Passage) -> Iterator[Said]:
    local, data = _local(descriptor, entry.offset + directory.base)
    remarks = tuple(_disagreements(entry, local)) + tuple(_overlaps(entry, directory.base, data, starts))
    refusal = _refusal(entry) if local is not None else "refused: no member begins where the directory says"
    times = zipextra.times(entry.moment, entry.extra, local.extra if local else b"")
    begin = Begin(
        entry.name,
        modified=times.modified,
        created=times.created,
        accessed=times.accessed,
        local=times.local,
        refusal=refusal,
        remarks=remarks,
    )
    yield from passage.member(
        begin,
        partial(_chunks, descriptor, entry, data),
        size=entry.size,
        packed=entry.packed,
        crc=entry.crc,
    )


def content(descriptor: At, entry: Entry, directory: Directory) -> Iterator[bytes]:
    """The bytes of a member, unpacked; none where they are not read (`_refusal`).

    Raises:
        DamagedError: not all of it can be decoded.
    """
    local, data = _local(descriptor, entry.offset + directory.base)
    if local is not None and _refusal(entry) is None:
        yield from _chunks(descriptor, entry, data)


def _local(descriptor: At, at: int) -> tuple[Entry | None, int]:
    """The local header and where the bytes behind it begin."""
    fixed = read_at(descriptor, _LOCAL.size, at) if at < 1 << 63 else b""
    if len(fixed) < _LOCAL.size or not fixed.startswith(b"PK\3\4"):
        return None, at
    _, _, flags, method, time, date, crc, packed, size, name_length, extra_length = _LOCAL.unpack(fixed)
    variable = read_at(descriptor, name_length + extra_length, at + _LOCAL.size)
    name, extra = variable[:name_length], variable[name_length:]
    size, packed, _ = zipextra.wide(extra, size, packed, 0)
    entry = Entry(name, 0, flags, method, date << 16 | time, crc, packed, size, 0, at, extra)
    return entry, at + _LOCAL.size + name_length + extra_length


def _disagreements(entry: Entry, local: Entry | None) -> Iterator[str]:
    """What the two headers of a member say differently; the directory's word is taken, as every reader does."""
    if local is None:
        return
    if local.name != entry.name:
        yield f"its own header names it {local.name[:100].decode('utf-8', 'backslashreplace')!r}"
    if local.method != entry.method:
        yield f"its own header says compression {local.method}, the directory {entry.method}"
    if (local.flags ^ entry.flags) & _ENCRYPTED:
        yield "its own header and the directory disagree on whether it is encrypted"
    if not local.flags & _DESCRIPTOR and not entry.flags & _MASKED:
        if (local.packed, local.size) != (entry.packed, entry.size):
            yield f"its own header says {local.packed} bytes packed and {local.size} unpacked, the directory others"
        if local.crc != entry.crc:
            yield f"its own header says crc-32 {local.crc:08x}"


def _overlaps(entry: Entry, base: int, data: int, starts: array[int]) -> Iterator[str]:
    start = entry.offset + base
    behind = bisect_right(starts, start)
    shared = behind - bisect_left(starts, start) > 1
    if shared or (behind < len(starts) and data + entry.packed > starts[behind]):
        yield "overlaps another member"


def _refusal(entry: Entry) -> str | None:
    if entry.flags & (_ENCRYPTED | _MASKED) or entry.method == _AES:
        return f"encrypted ({'AES' if entry.method == _AES else 'ZIP'}), not read"
    if entry.made_by >> 8 == _UNIX:
        special = _SPECIAL.get(stat.S_IFMT(entry.attributes >> 16))
        if special is not None:
            return special
    if entry.method not in _READ:
        return f"compression method {entry.method} ({_NOT_READ.get(entry.method, 'unknown')}), not read"
    return None


_READ = {0: Stored, 8: deflate_decoder, 12: bzip2_decoder, 14: None, 20: unzstd, 93: unzstd, 95: xz_decoder}


def unpacked(method: int, size: int, packed: Iterator[bytes]) -> Iterator[bytes]:
    """The bytes of a member by its compression method, one of `_READ`.

    Raises:
        DamagedError: not all of it can be decoded.
    """
    make = _READ[method]
    decoder: Decoder
    if make is None:
        head = next(packed, b"")
        decoder, packed = raw_lzma(head[4:9]), _after(head[9:], packed)
    else:
        decoder = make()
    count = 0
    for chunk in decoded(decoder, packed):
        # LZMA need not mark its end: what is behind the stated one is not meant.
        taken = chunk[: size - count] if method == 14 else chunk
        count += len(taken)
        yield taken
        if method == 14 and count == size:
            return
    if not decoder.eof and method not in {0, 14}:
        raise DamagedError("its compressed data end in the middle")


def _after(first: bytes, then: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from then


def _pieces(descriptor: At, at: int, length: int) -> Iterator[bytes]:
    end = at + length
    while at < end and (piece := read_at(descriptor, min(CHUNK, end - at), at)):
        yield piece
        at += len(piece)


def _without_directory(descriptor: At, length: int, passage: Passage) -> Iterator[Said]:
    """A ZIP whose end is missing: what begins at its start, header by header, as far as that goes."""
    at = 0
    while (found := _alone(descriptor, at, length)) is not None:
        entry, data = found
        if not entry.is_folder:
            times = zipextra.times(entry.moment, entry.extra)
            begin = Begin(
                entry.name,
                modified=times.modified,
                accessed=times.accessed,
                created=times.created,
                local=times.local,
                refusal=_refusal(entry),
            )
            chunks = partial(_chunks, descriptor, entry, data)
            yield from passage.member(begin, chunks, size=entry.size, packed=entry.packed, crc=entry.crc)
        at = data + entry.packed
    yield rest(f"no directory at its end; members were read by their own headers up to byte {min(at, length)}")


def _chunks(descriptor: At, entry: Entry, data: int) -> Iterator[bytes]:
    return unpacked(entry.method, entry.size, _pieces(descriptor, data, entry.packed))


def _alone(descriptor: At, at: int, length: int) -> tuple[Entry, int] | None:
    """The member whose header is at a place, or behind the descriptor there, and where its bytes begin."""
    for skipped in (0, *_DESCRIPTOR_SIZES):
        entry, data = _local(descriptor, at + skipped)
        if entry is not None:
            break
    else:
        return None
    if entry.flags & _DESCRIPTOR and not entry.packed:
        entry = _described(descriptor, entry, data, length)
    return entry, data


def _described(descriptor: At, entry: Entry, data: int, length: int) -> Entry:
    """The entry with what the descriptor behind its bytes says; without one, all there is belongs to it."""
    at = data
    while at < length:
        block = read_at(descriptor, _BLOCK, at)
        found = -1
        while (found := block.find(b"PK\7\x08", found + 1)) >= 0:
            held = read_at(descriptor, 24, at + found)
            crc = int.from_bytes(held[4:8], "little")
            for width in (4, 8):
                packed = int.from_bytes(held[8 : 8 + width], "little")
                size = int.from_bytes(held[8 + width : 8 + 2 * width], "little")
                if packed == at + found - data:
                    return entry._replace(crc=crc, packed=packed, size=size)
        at += max(1, len(block) - 3)
    return entry._replace(packed=length - data)
