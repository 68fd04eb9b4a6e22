"""Where the messages of a page begin and end, in memory that does not grow with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.telegram.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_BEGINS: Final = re.compile(rb'<div class="message (?:service|default)\b[^"<>]{0,100}"[^<>]{0,100}>')
_DIV: Final = re.compile(rb"<(/?)div\b[^<>]*>")
_OPENING: Final = 512
"""Bytes that the first tag of a message may have."""
_HEAD: Final = 1 << 16
"""Bytes before the first message that are looked at."""


class Block(NamedTuple):
    """A message's bytes.

    Attributes:
        offset: of the first byte.
        data: from its first tag to the one that closes it.
        ended: the page goes on to its end.
    """

    offset: int
    data: bytes
    ended: bool


class Blocks:
    """Goes over a page once.

    Args:
        page: stands at its first byte.

    Attributes:
        head: what stands before the first message.
    """

    def __init__(self, page: BinaryIO) -> None:
        self.head = b""
        self._window = Window(page)

    def all(self) -> Iterator[Block]:
        """The messages in their order.

        Raises:
            ChatError: one is larger than any that Telegram writes.
        """
        start = self._next(0)
        self.head = self._window.data[:start][:_HEAD]
        while start is not None:
            self._window.at += start
            following = self._next(1)
            window = self._window
            end = len(window.data) if following is None else window.at + following
            data = window.data[window.at : end]
            size, ended = _closed(data)
            yield Block(window.base + window.at, data[:size], ended)
            start = following

    def _next(self, after: int) -> int | None:
        """Where the next message begins, from where the window stands and past some bytes; None for none."""
        window, searched = self._window, after
        while True:
            found = _BEGINS.search(window.data, window.at + searched)
            if found is not None:
                return found.start() - window.at
            searched = max(after, len(window.data) - window.at - _OPENING)
            if not window.more():
                return None


def _closed(data: bytes) -> tuple[int, bool]:
    """How far a message goes: to the tag that closes its first."""
    depth = 0
    for found in _DIV.finditer(data):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end(), True
    return len(data.rstrip()), False
