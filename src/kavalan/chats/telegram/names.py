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
_PAIR: Final = re.compile(rb'\s*(%b),\s*"(?:from|actor)_id":\s*"?([a-z]{0,10}\d{1,20})' % _NAME)
_KEYS: Final = (b'"from":', b'"actor":')
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
        # Who writes does so again and again: what is the same is looked at once.
        said = {one[: one.find(b",", one.find(b'_id":'))] for key in _KEYS for one in data.split(key)[1:]}
        for name, number in (pair.groups() for pair in map(_PAIR.match, said) if pair):
            before = self._numbers.get(name, number)
            if name in self._numbers or len(self._numbers) < _MOST:
                self._numbers[name] = number if before == number else None


def _written(number: bytes | None) -> str:
    if number is None:
        return ""
    said = number.decode()
    return f"user{said}" if said.isdigit() else said
