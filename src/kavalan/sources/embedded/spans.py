"""Bytes that lie in pieces within a file, read at any place without being put together."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from kavalan.sources.archive.passage import CHUNK, DamagedError


class Spans:
    """Pieces of a file in the order in which they belong together.

    Attributes:
        size: bytes of all of them.
    """

    def __init__(self, descriptor: int, pieces: Iterable[tuple[int, int]]) -> None:
        """Take pieces as offset and length; those that touch become one."""
        self.size = 0
        self._descriptor = descriptor
        self._starts: list[int] = []
        self._offsets: list[int] = []
        for offset, length in pieces:
            behind = self._offsets[-1] + self.size - self._starts[-1] if self._starts else -1
            if offset != behind:
                self._starts.append(self.size)
                self._offsets.append(offset)
            self.size += length

    def read(self, at: int, length: int) -> bytes:
        """Bytes from a place; fewer only at the end of them or of the file."""
        parts, end = [], min(self.size, at + max(0, length))
        while 0 <= at < end:
            piece = bisect_right(self._starts, at) - 1
            stop = min(end, self._starts[piece + 1] if piece + 1 < len(self._starts) else end)
            part = os.pread(self._descriptor, stop - at, self._offsets[piece] + at - self._starts[piece])
            parts.append(part)
            at += len(part)
            if at < stop:
                break
        return b"".join(parts)

    def chunks(self, at: int, length: int) -> Iterator[bytes]:
        """Bytes from a place in pieces.

        Raises:
            DamagedError: there are fewer.
        """
        end = at + length
        while at < end:
            piece = self.read(at, min(CHUNK, end - at))
            if not piece:
                raise DamagedError("what holds it ends in the middle of it")
            yield piece
            at += len(piece)

    def cut(self, pieces: Iterable[tuple[int, int]]) -> Spans:
        """Some pieces of these bytes, in their order, as bytes of their own."""
        return Spans(self._descriptor, (part for at, length in pieces for part in self._within(at, length)))

    def _within(self, at: int, length: int) -> Iterator[tuple[int, int]]:
        end = min(self.size, at + length)
        while 0 <= at < end:
            piece = bisect_right(self._starts, at) - 1
            stop = min(end, self._starts[piece + 1] if piece + 1 < len(self._starts) else end)
            yield self._offsets[piece] + at - self._starts[piece], stop - at
            at = stop
