"""Where the messages of a conversation lie: the newest stand first, and are to be read last."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.decoding import Piece, pieces
from kavalan.chats.errors import ChatError
from kavalan.chats.telegram.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_TIME: Final = re.compile(rb'"timestamp(?:_ms)?"\s*:\s*(\d{1,18})')
_MOST: Final = 20_000_000
_AT_ONCE: Final = 1 << 20
"""Bytes that are held while messages are read backwards."""


class File(NamedTuple):
    """A file of a conversation.

    Attributes:
        name: as given.
        source: the file, open.
        offset: of its first byte in the source.
    """

    name: str
    source: BinaryIO
    offset: int


class Places:
    """Looks over a file once; holds twelve bytes for each of its messages.

    Attributes:
        file: that was looked over.
        complete: the file's outermost brace is closed.
        first: where the first message begins.
        end: where the last one ends.
        falling: how many more messages are older than the one before them than are younger.

    Raises:
        ChatError: it has more messages than can be held.
    """

    def __init__(self, file: File) -> None:
        self.file = file
        self.first = self.end = self.falling = 0
        self._starts, self._lengths = array("Q"), array("I")
        self._ended = True
        walk, before = Walk(file.source), None
        for piece in pieces(walk):
            if len(self) >= _MOST:
                message = f"it has more than {_MOST:,} messages: no download has so many"
                raise ChatError(message)
            self._starts.append(piece.offset)
            self._lengths.append(len(piece.data))
            self._ended = piece.ended
            found = _TIME.search(piece.data)
            time = int(found[1]) if found else before
            if time is not None and before is not None:
                self.falling += (time < before) - (time > before)
            before = time
        self.complete = walk.complete
        if self._starts:
            self.first, self.end = self._starts[0], self._starts[-1] + self._lengths[-1]

    def __len__(self) -> int:
        """How many messages lie in it."""
        return len(self._starts)

    def forwards(self) -> Iterator[Piece]:
        """The messages as they stand."""
        yield from self._held(0, len(self))

    def backwards(self) -> Iterator[Piece]:
        """The messages from the last to the first."""
        stop = len(self)
        while stop:
            start = stop - 1
            end = self._starts[start] + self._lengths[start]
            while start and end - self._starts[start - 1] <= _AT_ONCE:
                start -= 1
            yield from reversed(list(self._held(start, stop)))
            stop = start

    def _held(self, start: int, stop: int) -> Iterator[Piece]:
        for number in range(start, stop):
            offset = self._starts[number]
            self.file.source.seek(offset)
            data = self.file.source.read(self._lengths[number])
            yield Piece(offset, data, self._ended or number + 1 < len(self))
