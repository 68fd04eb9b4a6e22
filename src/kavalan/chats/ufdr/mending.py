"""A report's bytes as XML takes them, as many as there were, so that places stay what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_BLOCK: Final = 1 << 16
_HEAD: Final = 200
_MOST_PLACES: Final = 1 << 17
"""That are remembered until a message takes them."""
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,150}?encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_WRONG: Final = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What no document of XML 1.0 may hold (section 2.2), in UTF-8."""
_ESCAPED: Final = dict.fromkeys(range(0xDC80, 0xDD00), "?")


class Mended:
    """Reads a report from a place on, with a question mark for every byte that XML does not take.

    A report in another encoding than UTF-8 is read as it is.

    Args:
        source: the report.
        start: where reading begins.

    Attributes:
        places: where bytes were replaced, in rising order; whoever reads may take what it is done with.
    """

    def __init__(self, source: BinaryIO, start: int = 0) -> None:
        self.places: list[int] = []
        self._source = source
        source.seek(0)
        head = source.read(_HEAD)
        self._plain = head.startswith(_MARKS) or _DECLARED.search(head) is not None
        self._at = start
        source.seek(start)

    def blocks(self) -> Iterator[bytes]:
        """What it holds, piece by piece."""
        held = b""
        while block := self._source.read(_BLOCK):
            if self._plain:
                yield block
                continue
            data, held = _whole(held + block)
            yield self._taken(data)
        if held:
            yield self._taken(held)

    def _taken(self, data: bytes) -> bytes:
        mended = _WRONG.sub(lambda found: b"?" * len(found[0]), _decodable(data))
        if mended != data and len(self.places) < _MOST_PLACES:
            self.places += [self._at + place for place, byte in enumerate(data) if byte != mended[place]]
        self._at += len(data)
        return mended


def _decodable(data: bytes) -> bytes:
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape").translate(_ESCAPED).encode()
    return data


def _whole(data: bytes) -> tuple[bytes, bytes]:
    """What ends with a character, and the beginning of one that goes on in the next block."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:
            takes = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return (data[:-back], data[-back:]) if takes > back else (data, b"")
        if byte < 0x80:
            break
    return data, b""
