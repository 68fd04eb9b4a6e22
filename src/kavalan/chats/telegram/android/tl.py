"""Telegram's binary objects (core.telegram.org/mtproto/serialize), read one value after another."""

from __future__ import annotations

import struct
from typing import Final

_VECTOR: Final = 0x1CB5C415
_PEERS: Final = {
    0x59511722: ("user", 8), 0x36C6019A: ("chat", 8), 0xA2A5371E: ("channel", 8),
    # Until layer 132 numbers had four bytes.
    0x9DB1BC6D: ("user", 4), 0xBAD0E5BB: ("chat", 4), 0xBDDDE532: ("channel", 4),
}  # fmt: skip
_SHORT: Final = 254
_MOST: Final = 100_000


class UnknownError(ValueError):
    """The bytes are not of the form that is read."""


class Reader:
    """Reads an object.

    Args:
        data: of it.
        wide: numbers of people and chats have eight bytes.

    Attributes:
        at: bytes read so far.
    """

    def __init__(self, data: bytes, *, wide: bool = True) -> None:
        self.at = 0
        self._data = data
        self._wide = wide

    def constructor(self) -> int:
        """The number of an object's form, or of flags.

        Raises:
            UnknownError: the bytes end before; so do all others.
        """
        return int.from_bytes(self._take(4), "little")

    def whole(self) -> int:
        """A number of four bytes."""
        return int(struct.unpack("<i", self._take(4))[0])

    def long(self) -> int:
        """A number of eight bytes."""
        return int(struct.unpack("<q", self._take(8))[0])

    def number(self) -> int:
        """Of a person or a chat."""
        return self.long() if self._wide else self.whole()

    def text(self) -> str:
        """A text; its bytes end where four are full.

        Raises:
            UnknownError: it is none.
        """
        size = self._take(1)[0]
        head = 1
        if size == _SHORT:
            size, head = int.from_bytes(self._take(3), "little"), 4
        elif size > _SHORT:
            raise UnknownError("no text begins so")
        text = self._take(size)
        if any(self._take(-(head + size) % 4)):
            raise UnknownError("a text is followed by something else than nothing")
        try:
            return text.decode()
        except UnicodeDecodeError as error:
            raise UnknownError("a text that is not UTF-8") from error

    def peer(self) -> str:
        """`user5`, `chat5` or `channel5`."""
        kind, size = _PEERS.get(self.constructor(), ("", 0))
        if not kind:
            raise UnknownError("nobody is named so")
        return f"{kind}{self.long() if size == 8 else self.whole()}"

    def count(self) -> int:
        """How many follow.

        Raises:
            UnknownError: more than the bytes can hold.
        """
        if self.constructor() != _VECTOR or not 0 <= (count := self.whole()) <= _MOST:
            raise UnknownError("no list begins so")
        return count

    def _take(self, size: int) -> bytes:
        taken = self._data[self.at : self.at + size]
        if len(taken) < size:
            raise UnknownError("it ends too early")
        self.at += size
        return taken
