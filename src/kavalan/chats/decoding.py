"""Records of a JSON file, one at a time: what is broken is mended where it can be, and else costs itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

import msgspec

from kavalan.chats.telegram.mending import mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.reading import Tally
    from kavalan.chats.telegram.walk import Walk

T = TypeVar("T")

_MENDED: Final = "its JSON was broken and was mended"
_BROKEN: Final = "a message whose JSON cannot be read, nor mended"
_CUT: Final = "the file ends within a message"


class Piece(NamedTuple):
    """A message's bytes.

    Attributes:
        offset: of the first byte.
        data: from brace to brace.
        ended: the file goes on to its end.
    """

    offset: int
    data: bytes
    ended: bool = True


def pieces(walk: Walk) -> Iterator[Piece]:
    """The messages of a file one by one."""
    for run in walk.runs():
        offset = run.offset
        for number, data in enumerate(run.pieces, 1):
            yield Piece(offset, data, run.ended or number < len(run.pieces))
            offset += len(data) + run.gap


class Decoding(Generic[T]):
    """Decodes records and tells what could not be.

    Args:
        kind: of record.
        tally: is told.

    Attributes:
        unread: bytes of records that could not be read.
    """

    def __init__(self, kind: type[T], tally: Tally) -> None:
        self.unread = 0
        self._decode = msgspec.json.Decoder(kind).decode
        self._tally = tally

    def record(self, piece: Piece) -> tuple[T | None, bool]:
        """A record, or None; and whether it had to be mended."""
        data = piece.data
        try:
            return self._decode(data), False
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            pass
        try:
            record = self._decode(mended(data))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self._tally.unreadable(_BROKEN if piece.ended else _CUT, piece.offset)
            self.unread += len(data)
            return None, False
        self._tally.doubt(_MENDED, piece.offset)
        return record, True
