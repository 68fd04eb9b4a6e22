"""Files as dissect and the readers here read them: by position, whole, without a name that could lead anywhere."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import BinaryIO, Generic, Protocol, TypeVar

from kavalan.sources.archive.passage import CHUNK, DamagedError

K = TypeVar("K")
V = TypeVar("V")


class Positioned(Protocol):
    """A file object, as far as it is used."""

    def seek(self, position: int, /) -> int:
        """Go there."""
        ...

    def read(self, length: int, /) -> bytes:
        """Read on."""
        ...


class Readable(Protocol):
    """Bytes that are read by position."""

    size: int

    def at(self, offset: int, length: int) -> bytes:
        """Those at an offset; fewer at the end."""
        ...


class Stream:
    """A `Readable` with a position: what dissect takes for a file.

    Attributes:
        size: in bytes.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._position = 0

    def at(self, offset: int, length: int) -> bytes:
        """Bytes at an offset; fewer at the end."""
        raise NotImplementedError

    def read(self, length: int | None = -1) -> bytes:
        """Read on from the position; what ends sooner than its size says is filled with nothing."""
        left = max(0, self.size - self._position)
        count = left if length is None or length < 0 else min(length, left)
        content = self.at(self._position, count) if count else b""
        self._position += len(content)
        return content

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move the position."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError(f"a position below zero: {base + offset}")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """The position."""
        return self._position

    def seekable(self) -> bool:
        """Always."""
        return True

    def readable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Nothing is held that would be let go of."""


class Plain(Stream):
    """An open file."""

    def __init__(self, opened: BinaryIO) -> None:
        self._opened = opened
        super().__init__(os.fstat(opened.fileno()).st_size)

    def at(self, offset: int, length: int) -> bytes:
        """Bytes at an offset."""
        parts: list[bytes] = []
        while length > 0 and (part := os.pread(self._opened.fileno(), length, offset)):
            parts.append(part)
            offset += len(part)
            length -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


class Joined(Stream):
    """Files behind one another."""

    def __init__(self, parts: Sequence[Readable]) -> None:
        self._parts = parts
        self._ends = list(accumulate(part.size for part in parts))
        super().__init__(self._ends[-1] if self._ends else 0)

    def at(self, offset: int, length: int) -> bytes:
        """Bytes at an offset."""
        found: list[bytes] = []
        while length > 0 and offset < self.size:
            number = bisect_right(self._ends, offset)
            end = self._ends[number]
            part = self._parts[number]
            content = part.at(offset - (end - part.size), min(length, end - offset))
            if not content:
                break
            found.append(content)
            offset += len(content)
            length -= len(content)
        return b"".join(found)


class Within(Stream):
    """A stretch of another."""

    def __init__(self, whole: Readable, start: int, size: int) -> None:
        self._whole = whole
        self._start = start
        super().__init__(size)

    def at(self, offset: int, length: int) -> bytes:
        """Bytes at an offset of the stretch."""
        return self._whole.at(self._start + offset, max(0, min(length, self.size - offset)))


class Foreign(Stream):
    """A file object of dissect's."""

    def __init__(self, opened: Positioned, size: int) -> None:
        self._opened = opened
        super().__init__(size)

    def at(self, offset: int, length: int) -> bytes:
        """Bytes at an offset."""
        self._opened.seek(offset)
        return self._opened.read(length)


class Recent(Generic[K, V]):
    """The few values that were asked for last."""

    def __init__(self, most: int, make: Callable[[K], V]) -> None:
        self._most = most
        self._make = make
        self._held: OrderedDict[K, V] = OrderedDict()

    def __getitem__(self, key: K) -> V:
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        value = self._held[key] = self._make(key)
        if len(self._held) > self._most:
            self._held.popitem(last=False)
        return value


def exactly(source: Readable, offset: int, length: int) -> bytes:
    """So many bytes at an offset.

    Raises:
        DamagedError: the source ends sooner.
    """
    content = source.at(offset, length)
    if len(content) != length:
        raise DamagedError(f"it ends within what should be at byte {offset} of its volume")
    return content


def stretches(source: Readable, runs: Iterator[tuple[int | None, int]], size: int) -> Iterator[bytes]:
    """The content of a file in pieces of at most 256 KiB.

    Args:
        source: the volume.
        runs: byte offset in it, None for a hole, and length.
        size: of the file; what is behind it in the last run is no part of it.

    Raises:
        DamagedError: the runs or the volume end sooner.
    """
    left = size
    for start, length in runs:
        at, end = 0, min(length, left)
        while at < end:
            count = min(CHUNK, end - at)
            yield bytes(count) if start is None else exactly(source, start + at, count)
            at += count
        left -= end
        if left <= 0:
            return
    if left > 0:
        raise DamagedError(f"{left} bytes of it are nowhere: its chain ends too soon")
