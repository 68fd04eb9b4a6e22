"""The header of a 7z archive (7zFormat.txt of the LZMA SDK): how its data are packed, and the list of its files.

Written here rather than taken: py7zr brings nine more packages, one malformed name costs it the archive, and it holds
what it has not decoded yet. The decoders themselves are liblzma's.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat

from kavalan.sources.archive.passage import DamagedError

_END, _HEADER, _MAIN, _FILES, _PACK, _UNPACK, _SUBSTREAMS, _SIZE, _CRC, _FOLDER = 0, 1, 4, 5, 6, 7, 8, 9, 10, 11
_UNPACK_SIZES, _NUM_STREAMS, _EMPTY_STREAM, _EMPTY_FILE, _ANTI, _NAMES = 12, 13, 14, 15, 16, 17
_CREATED, _ACCESSED, _MODIFIED, _ATTRIBUTES = 18, 19, 20, 21
_ENCODED = 23
_MAX_CODERS = 32


@dataclass(frozen=True, slots=True)
class Coder:
    """One step of unpacking."""

    method: bytes
    inputs: int
    outputs: int
    properties: bytes


@dataclass(slots=True)
class Folder:
    """One stream of packed data and the files in it, back to back.

    Attributes:
        coders: the last step of unpacking first.
        packed: where its packed bytes are, as offset and length, one pair for each stream it is packed in.
        sizes: bytes that come out of each coder.
        crc: of all that comes out.
        files: how many files it holds.
        bonds: which output feeds which input, as pairs of input and output.
    """

    coders: list[Coder]
    bonds: list[tuple[int, int]]
    packed: list[tuple[int, int]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    crc: int | None = None
    files: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes that come out of the last coder."""
        fed = {output for _, output in self.bonds}
        for index, size in enumerate(self.sizes):
            if index not in fed:
                return size
        raise DamagedError("a folder without an end")


@dataclass(slots=True)
class File:
    """One entry of the list of files; times in units of 100 ns from 1601."""

    name: bytes = b""
    has_stream: bool = True
    is_file: bool = True
    anti: bool = False
    created: int | None = None
    accessed: int | None = None
    modified: int | None = None
    attributes: int = 0


class _Bytes:
    """The header's bytes, from front to back."""

    def __init__(self, held: bytes) -> None:
        self._held = held
        self._at = 0

    def take(self, count: int) -> bytes:
        if count > len(self._held) - self._at:
            raise DamagedError("its header ends too soon")
        self._at += count
        return self._held[self._at - count : self._at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """7zFormat.txt, UINT64: as many leading ones in the first byte as bytes follow."""
        first = self.byte()
        following = 8 - (first ^ 0xFF).bit_length()
        low = int.from_bytes(self.take(following), "little")
        return low + ((first & (0x7F >> following)) << 8 * following)

    def count(self, bits: int = 8) -> int:
        """A number of things of at least so many bits, which must then be there."""
        found = self.number()
        if found * bits > 8 * (len(self._held) - self._at) + 7:
            raise DamagedError(f"its header counts {found} things and has no room for them")
        return found

    def flags(self, count: int) -> list[bool]:
        held = self.take((count + 7) // 8)
        return [bool(held[i >> 3] & 0x80 >> (i & 7)) for i in range(count)]

    def optional_flags(self, count: int) -> list[bool]:
        return [True] * count if self.byte() else self.flags(count)

    def digests(self, count: int) -> list[int | None]:
        return [int.from_bytes(self.take(4), "little") if known else None for known in self.optional_flags(count)]

    def left(self) -> bytes:
        return self._held[self._at :]


def parse_streams(header: _Bytes) -> list[Folder]:
    """`StreamsInfo`: the folders, each with its place and its files' sizes and checksums."""
    position, sizes = 0, list[int]()
    folders: list[Folder] = []
    while (mark := header.byte()) != _END:
        if mark == _PACK:
            position, sizes = _pack_info(header)
        elif mark == _UNPACK:
            folders = _unpack_info(header)
            _place(folders, position, sizes)
        elif mark == _SUBSTREAMS:
            _substreams(header, folders)
            return folders if header.byte() == _END else _unexpected("after its substreams")
        else:
            _unexpected(f"property {mark} among its streams")
    for folder in folders:
        folder.files = [(folder.size, folder.crc)]
    return folders


def _unexpected(what: str) -> list[Folder]:
    raise DamagedError(f"its header holds something unexpected: {what}")


def _pack_info(header: _Bytes) -> tuple[int, list[int]]:
    position, count = header.number(), header.count()
    sizes = [0] * count
    while (mark := header.byte()) != _END:
        if mark == _SIZE:
            sizes = [header.number() for _ in range(count)]
        elif mark == _CRC:
            header.digests(count)
        else:
            _unexpected(f"property {mark} among its packed streams")
    return position, sizes


def _unpack_info(header: _Bytes) -> list[Folder]:
    if header.byte() != _FOLDER:
        _unexpected("no folders")
    count = header.count()
    if header.byte():
        raise DamagedError("its folders are kept elsewhere, which no program writes")
    folders = [_folder(header) for _ in range(count)]
    while (mark := header.byte()) != _END:
        if mark == _UNPACK_SIZES:
            for folder in folders:
                folder.sizes = [header.number() for coder in folder.coders for _ in range(coder.outputs)]
        elif mark == _CRC:
            for folder, crc in zip(folders, header.digests(count), strict=True):
                folder.crc = crc
        else:
            _unexpected(f"property {mark} among its folders")
    return folders


def _folder(header: _Bytes) -> Folder:
    count = header.number()
    if not 1 <= count <= _MAX_CODERS:
        raise DamagedError(f"a folder with {count} coders")
    coders = [_coder(header) for _ in range(count)]
    inputs, outputs = sum(c.inputs for c in coders), sum(c.outputs for c in coders)
    if max(inputs, outputs) > _MAX_CODERS or inputs < outputs:
        raise DamagedError("a folder with too many streams")
    bonds = [(header.number(), header.number()) for _ in range(outputs - 1)]
    streams = inputs - len(bonds)
    if streams > 1:
        for _ in range(streams):
            header.number()
    return Folder(coders, bonds, packed=[(0, 0)] * streams)


def _coder(header: _Bytes) -> Coder:
    kind = header.byte()
    method = header.take(kind & 15)
    inputs, outputs = (header.number(), header.number()) if kind & 16 else (1, 1)
    properties = header.take(header.count()) if kind & 32 else b""
    if max(inputs, outputs) > _MAX_CODERS:
        raise DamagedError("a coder with too many streams")
    return Coder(method, inputs, outputs, properties)


def _place(folders: list[Folder], position: int, sizes: list[int]) -> None:
    remaining = iter(sizes)
    for folder in folders:
        for index in range(len(folder.packed)):
            size = next(remaining, None)
            if size is None:
                raise DamagedError("it has fewer packed streams than its folders need")
            folder.packed[index] = (position, size)
            position += size


def _substreams(header: _Bytes, folders: list[Folder]) -> None:
    counts = [1] * len(folders)
    mark = header.byte()
    if mark == _NUM_STREAMS:
        counts = [header.count(bits=0) for _ in folders]
        if sum(counts) > 8 * len(header.left()) + len(folders):
            raise DamagedError("its header counts more files than it has room for")
        mark = header.byte()
    known = mark == _SIZE
    sizes = [_file_sizes(header, folder, count, known) for folder, count in zip(folders, counts, strict=True)]
    mark = header.byte() if known else mark
    crcs: Iterator[int | None] = repeat(None)
    open_ones = [not (count == 1 and folder.crc is not None) for folder, count in zip(folders, counts, strict=True)]
    if mark == _CRC:
        wanted = sum(count for count, is_open in zip(counts, open_ones, strict=True) if is_open)
        crcs = iter(header.digests(wanted))
        mark = header.byte()
    for folder, each, is_open in zip(folders, sizes, open_ones, strict=True):
        folder.files = [(size, next(crcs) if is_open else folder.crc) for size in each]
    if mark != _END:
        _unexpected(f"property {mark} among its files' sizes")


def _file_sizes(header: _Bytes, folder: Folder, count: int, known: bool) -> list[int]:
    if not count:
        return []
    sizes = [header.number() for _ in range(count - 1)] if known else []
    last = folder.size - sum(sizes)
    if last < 0 or len(sizes) + 1 != count:
        raise DamagedError("its files are larger than what they are in")
    return [*sizes, last]


def parse_files(header: _Bytes) -> list[File]:
    """`FilesInfo`."""
    count = header.count(bits=1)
    files = [File() for _ in range(count)]
    empty: list[File] = []
    while (mark := header.number()) != _END:
        content = _Bytes(header.take(header.number()))
        if mark == _EMPTY_STREAM:
            empty = _without_stream(files, content)
        elif mark in {_EMPTY_FILE, _ANTI}:
            for file, flag in zip(empty, content.flags(len(empty)), strict=True):
                setattr(file, "is_file" if mark == _EMPTY_FILE else "anti", flag)
        elif mark == _NAMES:
            _names(files, content)
        elif mark in {_CREATED, _ACCESSED, _MODIFIED, _ATTRIBUTES}:
            _facts(files, mark, content)
    return files


def _without_stream(files: list[File], content: _Bytes) -> list[File]:
    empty = [file for file, flag in zip(files, content.flags(len(files)), strict=True) if flag]
    for file in empty:
        file.has_stream = file.is_file = False
    return empty


def _names(files: list[File], content: _Bytes) -> None:
    """UTF-16, each ended by a zero; given as UTF-8, half a surrogate pair as its own three bytes."""
    if content.byte():
        raise DamagedError("its names are kept elsewhere, which no program writes")
    text = content.left().decode("utf-16-le", "surrogatepass")
    for file, name in zip(files, text.split("\0"), strict=False):
        file.name = name.encode("utf-8", "surrogatepass")


def _facts(files: list[File], mark: int, content: _Bytes) -> None:
    known = content.optional_flags(len(files))
    if content.byte():
        raise DamagedError("its times are kept elsewhere, which no program writes")
    name = {_CREATED: "created", _ACCESSED: "accessed", _MODIFIED: "modified", _ATTRIBUTES: "attributes"}[mark]
    width = 4 if mark == _ATTRIBUTES else 8
    for file, flag in zip(files, known, strict=True):
        if flag:
            setattr(file, name, int.from_bytes(content.take(width), "little"))


def parse_header(held: bytes) -> tuple[list[Folder], list[File]] | list[Folder]:
    """The header; or, where it is packed itself, the folders that it is in.

    Raises:
        DamagedError: it is none.
    """
    header = _Bytes(held)
    folders: list[Folder] = []
    files: list[File] = []
    try:
        kind = header.number()
        if kind == _ENCODED:
            return parse_streams(header)
        if kind != _HEADER:
            raise DamagedError("no header where it should be")
        while (mark := header.number()) != _END:
            if mark == _MAIN:
                folders = parse_streams(header)
            elif mark == _FILES:
                files = parse_files(header)
            else:
                _unexpected(f"property {mark}")
    except (ValueError, struct.error) as error:
        raise DamagedError(f"its header: {error}") from error
    return folders, files
