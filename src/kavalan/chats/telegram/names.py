"""Which number a name has in an export: service messages give names alone."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Self

import msgspec

from kavalan.chats.telegram.mending import mended

if TYPE_CHECKING:
    from typing import BinaryIO

_NAME: Final = rb'"[^"\\]{0,1000}+(?:\\.[^"\\]{0,1000}+){0,1000}+"'
# One pattern for each key: what begins with letters is found without trying every place.
_PAIRS: Final = [
    re.compile(rb'"%b":\s*(%b),\s*"%b_id":\s*"?([a-z]{0,10}\d{1,20})' % (key, _NAME, key))
    for key in (b"from", b"actor")
]
_BLOCK: Final = 1 << 16
_OVERLAP: Final = 4096
_MOST: Final = 200_000


class Names:
    """Names and numbers of a whole export."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, bytes | None] = {}
        self._known: dict[str, str] = {}

    @classmethod
    def of(cls, source: BinaryIO) -> Self:
        """Look over an export; it stands afterwards where it stood."""
        made, held, stood = cls(), b"", source.tell()
        source.seek(0)
        while block := source.read(_BLOCK):
            held += block
            made._look(held)
            held = held[-_OVERLAP:]
        source.seek(stood)
        for name, number in made._numbers.items():
            with suppress(msgspec.DecodeError, UnicodeDecodeError):
                made._known[msgspec.json.decode(mended(name), type=str)] = _written(number)
        return made

    def number_of(self, name: str) -> str:
        """The number, where all who have this name in the export have one and the same; else empty."""
        return self._known.get(name, "")

    def _look(self, data: bytes) -> None:
        for name, number in {pair for pattern in _PAIRS for pair in pattern.findall(data)}:
            before = self._numbers.get(name, number)
            if name in self._numbers or len(self._numbers) < _MOST:
                self._numbers[name] = number if before == number else None


def _written(number: bytes | None) -> str:
    if number is None:
        return ""
    said = number.decode()
    return f"user{said}" if said.isdigit() else said
