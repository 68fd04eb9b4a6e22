"""The objects of a dump by their types, wherever they stand: lines, an array, answers within answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.telegram.braces import end_of_object
from kavalan.chats.telegram.window import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import BinaryIO

# A quote within a string is escaped, so this is never part of a text.
_TYPED: Final = re.compile(rb'\{\s{0,200}"(?:_|@type)"\s{0,200}:\s{0,200}"([A-Za-z.]{1,80})"')
_LONGEST_HEAD: Final = 800


class Typed(NamedTuple):
    """An object.

    Attributes:
        type: its type, without the name of its space.
        offset: of its first byte.
        data: from brace to brace.
        ended: the file goes on to its end.
    """

    type: str
    offset: int
    data: bytes
    ended: bool


def objects(source: BinaryIO, types: Collection[str]) -> Iterator[Typed]:
    """Every object of some types that is not inside of another one of them.

    Args:
        source: is gone over from its start.
        types: without the names of their spaces; what is inside of an object of any other type is looked into.

    Raises:
        ChatError: one is larger than any that Telegram has.
    """
    window = Window(source)
    while True:
        found = _TYPED.search(window.data, window.at)
        if found is None:
            window.at = max(window.at, len(window.data) - _LONGEST_HEAD)
            if not window.more():
                return
            continue
        name = found[1].decode().rpartition(".")[2]
        if name not in types:
            window.at = found.start() + 1
            continue
        window.at = found.start()
        end = end_of_object(window)
        size = (len(window.data) if end is None else end) - window.at
        yield Typed(name, window.base + window.at, window.data[window.at : window.at + size], end is not None)
        window.at += size
