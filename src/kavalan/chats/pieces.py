"""The files of a source that has several, each as if it were open alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from kavalan.chats.request import Request


def pieces_of(source: BinaryIO, request: Request) -> dict[str, BinaryIO]:
    """Views of a source's files by their names, in its order; a source of one file is its own.

    Args:
        source: all of them, one after another. Views move its position, so that each is read where it left off.
        request: says where each begins.
    """
    if not request.pieces:
        return {request.name: source}
    return {one.name: view(source, one.offset, one.size) for one in request.pieces}


def view(source: BinaryIO, offset: int, size: int) -> BinaryIO:
    """Some bytes of a file, as a file that can be sought in."""
    return cast("BinaryIO", io.BufferedReader(_View(source, offset, size)))


class _View(io.RawIOBase):
    def __init__(self, source: BinaryIO, offset: int, size: int) -> None:
        self._source, self._offset, self._size, self._at = source, offset, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # any buffer that is written
        room = memoryview(buffer)[: max(0, self._size - self._at)]
        self._source.seek(self._offset + self._at)
        count = self._source.readinto(room)  # type: ignore[attr-defined]  # what is opened to read bytes has it
        self._at += count
        return int(count)
