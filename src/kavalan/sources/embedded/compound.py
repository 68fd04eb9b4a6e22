"""Compound files ([MS-CFB]): the file system inside old Office documents, Thumbs.db, Outlook messages, installers.

A reader of our own, since olefile holds each stream as a whole and descends the directory by recursion. Streams here
are read where they lie; what is held is the table of sectors, four bytes for each, and the directory.
"""

from __future__ import annotations

import os
import struct
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.embedded.spans import Spans

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<8s16xHHHHH6xLLLLLLLLL")
_ENTRY = struct.Struct("<64sHBBLLL16xLQQLQ")
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_NOTHING = 0xFFFFFFFF
_LAST = 0xFFFFFFFA
_ENTRIES = 1_000_000
_DEPTH = 100


class Stream(NamedTuple):
    """A stream of a compound file.

    Attributes:
        path: names on the way to it, as they are spelled.
        content: its bytes.
        size: how many bytes it should have.
    """

    path: tuple[str, ...]
    content: Spans
    size: int

    @property
    def name(self) -> str:
        """The last name on the way."""
        return self.path[-1]


class _Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """A compound file, opened.

    Attributes:
        reasons: what of its directory could not be followed.
    """

    def __init__(self, descriptor: int) -> None:
        """Read its tables.

        Raises:
            DamagedError: it has none.
        """
        self.reasons: list[str] = []
        self._descriptor = descriptor
        header = os.pread(descriptor, 512, 0)
        if len(header) < 512:
            raise DamagedError("shorter than its header")
        _, _, _, order, shift, mini_shift, _, fats, directory, _, self._cutoff, mini, _, more, mores = (
            _HEADER.unpack_from(header)
        )
        if order != 0xFFFE or shift not in {9, 12} or mini_shift != 6:
            raise DamagedError("a header that states sectors of no known size")
        self._sector = 1 << shift
        self._sectors = max(0, os.fstat(descriptor).st_size - 1) // self._sector
        self._large = shift == 12
        self._next = self._table(header, fats, more, mores)
        self._entries = self._read_directory(directory)
        root = self._entries[0] if self._entries else None
        if root is None or root.kind != _ROOT:
            raise DamagedError("a directory without a root")
        self._mini = self._chain(root.start, root.size)
        self._mini_next = self._mini_table(mini)

    def streams(self) -> Iterator[Stream]:
        """Every stream, in the order of the directory's tree."""
        seen: set[int] = set()
        waiting: list[tuple[int, tuple[str, ...]]] = [(self._entries[0].child, ())]
        while waiting:
            number, above = waiting.pop()
            if number >= len(self._entries) or number in seen:
                continue
            seen.add(number)
            entry = self._entries[number]
            waiting.append((entry.right, above))
            if entry.kind == _STORAGE and len(above) < _DEPTH:
                waiting.append((entry.child, (*above, entry.name)))
            waiting.append((entry.left, above))
            if entry.kind == _STREAM:
                yield Stream((*above, entry.name), self._content(entry), entry.size)
        lost = sum(entry.kind == _STREAM for number, entry in enumerate(self._entries) if number not in seen)
        if lost:
            self.reasons.append(f"{lost} streams stand in no folder and were not read")

    def _content(self, entry: _Entry) -> Spans:
        if entry.size >= self._cutoff:
            return self._chain(entry.start, entry.size)
        numbers = _numbers(self._mini_next, entry.start, (entry.size + 63) // 64)
        return self._mini.cut((64 * number, 64) for number in numbers).cut([(0, entry.size)])

    def _table(self, header: bytes, fats: int, more: int, mores: int) -> array[int]:
        """The sector behind each sector."""
        places = array("I", header[76:512])
        seen: set[int] = set()
        while more < _LAST and len(seen) <= min(mores, self._sectors) and more not in seen:
            seen.add(more)
            held = self._read(more)
            places.frombytes(held[:-4])
            more = int.from_bytes(held[-4:], "little") if held else _NOTHING
        table = array("I")
        for place in places[: min(fats, self._sectors)]:
            if place < _LAST:
                table.frombytes(self._read(place).ljust(self._sector, b"\xff"))
        return table

    def _read(self, sector: int) -> bytes:
        held = os.pread(self._descriptor, self._sector, (sector + 1) * self._sector)
        return held[: len(held) & ~3]

    def _chain(self, start: int, size: int) -> Spans:
        """The sectors from one on, as far as they go and are wanted."""
        wanted = (size + self._sector - 1) // self._sector
        numbers = _numbers(self._next, start, min(wanted, self._sectors + 1))
        return Spans(self._descriptor, _cut(((n + 1) * self._sector for n in numbers), self._sector, size))

    def _mini_table(self, start: int) -> array[int]:
        content = self._chain(start, 4 * (self._mini.size // 64 + 1))
        table = array("I")
        held = content.read(0, content.size)
        table.frombytes(held[: len(held) & ~3])
        return table

    def _read_directory(self, start: int) -> list[_Entry]:
        entries = []
        content = self._chain(start, min(_ENTRIES * _ENTRY.size, self._sectors * self._sector))
        for at in range(0, content.size - _ENTRY.size + 1, _ENTRY.size):
            name, length, kind, _, left, right, child, _, _, _, first, size = _ENTRY.unpack(
                content.read(at, _ENTRY.size).ljust(_ENTRY.size, b"\0")
            )
            spelled = name[: max(0, min(length, 64) - 2) & ~1].decode("utf-16-le", "replace")
            # Of small sectors only the lower half of the size is meant ([MS-CFB] 2.6.3).
            entries.append(_Entry(spelled, kind, left, right, child, first, size if self._large else size & _NOTHING))
        return entries


def _cut(offsets: Iterator[int], piece: int, size: int) -> Iterator[tuple[int, int]]:
    for offset in offsets:
        yield offset, min(piece, size)
        size -= piece


def _numbers(table: array[int], number: int, most: int) -> Iterator[int]:
    """A chain; one that goes round ends when nothing more is wanted."""
    for _ in range(most):
        if number >= len(table):
            return
        yield number
        number = table[number]
