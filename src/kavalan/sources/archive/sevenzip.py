"""7z, folder by folder, each in one pass and in the memory of its dictionary."""

from __future__ import annotations

import lzma
import os
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from kavalan.sources.archive.decoders import (
    Decoder,
    Stored,
    bzip2_decoder,
    decoded,
    deflate_decoder,
    raw,
    raw_lzma,
    unzstd,
)
from kavalan.sources.archive.passage import CHUNK, PASSED_BYTES, DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request, Still
from kavalan.sources.archive.sevenheader import Coder, File, Folder, parse_header

_START = struct.Struct("<6sBBLQQL")
_AES = b"\x06\xf1\x07\x01"
_LZMA, _LZMA2 = b"\x03\x01\x01", b"\x21"
_DECODERS: dict[bytes, Callable[[], Decoder]] = {
    b"\x00": Stored,
    b"\x04\x02\x02": bzip2_decoder,
    b"\x04\x01\x08": deflate_decoder,
    b"\x04\xf7\x11\x01": unzstd,
}
_FILTERS = {
    b"\x03": lzma.FILTER_DELTA,
    b"\x04": lzma.FILTER_X86,
    b"\x05": lzma.FILTER_POWERPC,
    b"\x06": lzma.FILTER_IA64,
    b"\x07": lzma.FILTER_ARM,
    b"\x08": lzma.FILTER_ARMTHUMB,
    b"\x09": lzma.FILTER_SPARC,
    b"\x03\x03\x01\x03": lzma.FILTER_X86,
    b"\x03\x03\x02\x05": lzma.FILTER_POWERPC,
    b"\x03\x03\x04\x01": lzma.FILTER_IA64,
    b"\x03\x03\x05\x01": lzma.FILTER_ARM,
    b"\x03\x03\x07\x01": lzma.FILTER_ARMTHUMB,
    b"\x03\x03\x08\x05": lzma.FILTER_SPARC,
}
_NOT_READ = {
    b"\x03\x04\x01": "PPMd",
    b"\x04\x01\x09": "Deflate64",
    b"\x03\x03\x01\x1b": "BCJ2",
    b"\x0a": "ARM64",
    b"\x0b": "RISC-V",
}
_HEADER_BYTES = 1 << 28
_UNIX, _DIRECTORY = 0x8000, 0x10
_EPOCH = 11_644_473_600_000_000  # microseconds from 1601 to 1970


class UnreadError(Exception):
    """A folder that is not read for a reason that is no damage."""


def read_7z(source: BinaryIO, _request: Request, passage: Passage) -> Iterator[Said]:
    """Say the files that have bytes, folder by folder, and then those that are empty."""
    descriptor = source.fileno()
    try:
        folders, files = _header(descriptor)
    except UnreadError as reason:
        yield rest(f"its list of files is {reason}")
        return
    except DamagedError as damage:
        yield rest(str(damage))
        return
    filled = iter([file for file in files if file.has_stream])
    for folder in folders:
        yield from _folder(descriptor, folder, filled, passage)
    for file in files:
        if not file.has_stream and file.is_file:
            yield from passage.member(_begin(file, None), partial(iter, ()), size=0)


def _header(descriptor: int) -> tuple[list[Folder], list[File]]:
    start = os.pread(descriptor, _START.size, 0)
    if len(start) < _START.size:
        raise DamagedError("it ends within its first 32 bytes")
    *_, offset, size, crc = _START.unpack(start)
    if not size:
        return [], []
    held = _bounded(descriptor, _START.size + offset, size)
    if zlib.crc32(held) != crc:
        raise DamagedError("its list of files is damaged or cut off")
    parsed = parse_header(held)
    for _ in range(4):  # a packed header may be packed again; nobody does it twice
        if isinstance(parsed, tuple):
            return parsed
        parsed = parse_header(_unpacked_header(descriptor, parsed))
    raise DamagedError("its header is packed too often")


def _bounded(descriptor: int, at: int, size: int) -> bytes:
    if size > _HEADER_BYTES or at + size > os.fstat(descriptor).st_size:
        raise DamagedError("its list of files lies behind its end: it may have been cut off")
    return os.pread(descriptor, size, at)


def _unpacked_header(descriptor: int, folders: list[Folder]) -> bytes:
    if len(folders) != 1 or folders[0].size > _HEADER_BYTES:
        raise DamagedError("its packed header is none")
    (folder,) = folders
    held = b"".join(_unpack(descriptor, folder))
    if len(held) != folder.size or (folder.crc is not None and zlib.crc32(held) != folder.crc):
        raise DamagedError("its list of files is damaged")
    return held


def _unpack(descriptor: int, folder: Folder) -> Iterator[bytes]:
    """What comes out of a folder, not more than it states.

    Raises:
        DamagedError: it cannot be unpacked to its end.
        UnreadError: it is encrypted, or packed by a method that is not read.
    """
    decoder = _decoder(folder)
    offset, length = folder.packed[0]
    left = folder.size
    for chunk in decoded(decoder, _pieces(descriptor, _START.size + offset, length)):
        yield chunk[:left]
        left -= len(chunk[:left])
        if not left:
            return


def _decoder(folder: Folder) -> Decoder:
    if any(coder.method == _AES for coder in folder.coders):
        raise UnreadError("encrypted, not read")
    unread = [
        coder for coder in folder.coders if coder.method not in _DECODERS.keys() | _FILTERS.keys() | {_LZMA, _LZMA2}
    ]
    if unread:
        name = _NOT_READ.get(unread[0].method, unread[0].method.hex())
        raise UnreadError(f"packed by a method that is not read: {name}")
    if any(coder.inputs != 1 or coder.outputs != 1 for coder in folder.coders):
        raise UnreadError("packed in more streams than one")
    chain = _in_order(folder)
    if len(chain) == 1 and chain[0].method in _DECODERS:
        return _DECODERS[chain[0].method]()
    if len(chain) == 1 and chain[0].method == _LZMA:
        return raw_lzma(chain[0].properties)
    if chain[-1].method not in {_LZMA, _LZMA2} or any(coder.method not in _FILTERS for coder in chain[:-1]):
        raise UnreadError("packed by a chain of methods that is not read")
    return raw(*(_filter(coder) for coder in chain))


def _in_order(folder: Folder) -> list[Coder]:
    """The coders, the one whose output is the files' first."""
    feeds = dict(folder.bonds)  # input → the output that feeds it
    fed = set(feeds.values())
    at = next((index for index in range(len(folder.coders)) if index not in fed), None)
    chain: list[Coder] = []
    while at is not None and len(chain) <= len(folder.coders):
        if at >= len(folder.coders):
            break
        chain.append(folder.coders[at])
        at = feeds.get(at)
    if len(chain) != len(folder.coders):
        raise DamagedError("its coders are not in a row")
    return chain


def _filter(coder: Coder) -> dict[str, int]:
    properties = coder.properties
    if coder.method == _LZMA2:
        bits = properties[0] if properties else 41
        if bits > 40:
            raise DamagedError("properties of LZMA2 that are none")
        return {"id": lzma.FILTER_LZMA2, "dict_size": 0xFFFFFFFF if bits == 40 else (2 | bits & 1) << bits // 2 + 11}
    if coder.method == _LZMA:
        raise UnreadError("packed by a filter before LZMA, which is not read")
    found = {"id": _FILTERS[coder.method]}
    if found["id"] == lzma.FILTER_DELTA:
        found["dist"] = (properties[0] if properties else 0) + 1
    return found


def _pieces(descriptor: int, at: int, length: int) -> Iterator[bytes]:
    end = at + length
    while at < end and (piece := os.pread(descriptor, min(CHUNK, end - at), at)):
        yield piece
        at += len(piece)


class _Unpacking:
    """The bytes of one folder, for one file after the other."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.at = 0
        self._chunks = chunks
        self._held = b""
        self._from = 0
        self._damage = "its folder ends in the middle of it"

    def upto(self, end: int) -> Iterator[bytes]:
        """The bytes from here to a place.

        Raises:
            DamagedError: they end before.
        """
        while self.at < end:
            if self._from == len(self._held):
                self._held, self._from = b"", 0
                try:
                    self._held = next(self._chunks, b"")
                except DamagedError as damage:
                    self._damage = str(damage)
            if not self._held:
                raise DamagedError(self._damage)
            piece = self._held[self._from : self._from + end - self.at]
            self._from += len(piece)
            self.at += len(piece)
            yield piece

    def go_to(self, place: int) -> Iterator[Said]:
        """Go forward over what nobody wanted; what is damaged there shows itself behind it."""
        passed = 0
        try:
            for piece in self.upto(place):
                passed += len(piece)
                if passed > PASSED_BYTES:
                    passed = 0
                    yield Still()
        except DamagedError:
            return


def _folder(descriptor: int, folder: Folder, files: Iterator[File], passage: Passage) -> Iterator[Said]:
    try:
        _decoder(folder)
        refusal = None
    except UnreadError as reason:
        refusal = str(reason)
    except DamagedError as damage:
        refusal = f"damaged: {damage}"
    unpacking = _Unpacking(_unpack(descriptor, folder))
    start = 0
    for size, crc in folder.files:
        file = next(files, None) or File(b"")
        if refusal is None:
            yield from unpacking.go_to(start)
        begin = _begin(file, refusal)
        yield from passage.member(begin, partial(unpacking.upto, start + size), size=size, crc=crc)
        start += size


def _begin(file: File, refusal: str | None) -> Begin:
    mode = file.attributes >> 16 if file.attributes & _UNIX else 0
    if mode and stat.S_ISLNK(mode):
        refusal = "symbolic link, not followed"
    return Begin(
        file.name,
        modified=_moment(file.modified),
        created=_moment(file.created),
        accessed=_moment(file.accessed),
        refusal="deletes a file (7z anti-item), holds nothing" if file.anti else refusal,
    )


def _moment(stated: int | None) -> int | None:
    return None if stated is None else stated // 10 - _EPOCH
