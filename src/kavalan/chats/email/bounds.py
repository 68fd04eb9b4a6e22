"""Where the messages of a mailbox begin and end: at lines that begin with "From ", behind an empty one (RFC 4155).

A body that holds such a line is written with `>` before it. Some programs forget it; so the line must have a time, and
a header must follow.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

FROM_LINE: Final = rb"From [^\r\n]{0,500}\d:\d\d[^\r\n]{0,100}\r?\n(?=[!-9;-~]{1,76}[ \t]*:)"
_SEPARATOR: Final = re.compile(rb"\n\r?\n(" + FROM_LINE + rb")")
_BLOCK: Final = 1 << 20
_OVERLAP: Final = 2048
_EMPTY_LINE: Final = b"\n\n"


class Bounds(NamedTuple):
    """Where one message lies.

    Attributes:
        offset: of its separating line.
        start: of its first header.
        end: where the next begins.
    """

    offset: int
    start: int
    end: int


def bounds(source: BinaryIO) -> Iterator[Bounds]:
    """The messages of a mailbox in their order; in constant memory, and others may move in the file meanwhile.

    A file without such lines is one message.
    """
    before: tuple[int, int] | None = None
    for offset, start in _separators(source):
        if before is not None:
            yield Bounds(*before, offset)
        elif offset:
            yield Bounds(0, 0, offset)
        before = offset, start
    end = source.seek(0, 2)
    yield Bounds(*(before or (0, 0)), end)


def _separators(source: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each begins, and where what follows it does."""
    # As if an empty line stood before the file.
    held, base, last = _EMPTY_LINE, -len(_EMPTY_LINE), -1
    while True:
        source.seek(base + len(held))
        block = source.read(_BLOCK)
        data = held + block
        for found in _SEPARATOR.finditer(data):
            if base + found.start(1) > last:
                last = base + found.start(1)
                yield last, base + found.end(1)
        if not block:
            return
        held = data[-_OVERLAP:]
        base += len(data) - len(held)
