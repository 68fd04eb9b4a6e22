"""Everything in a report, in its order; where its XML is broken, reading goes on at the next message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.parsers.expat import ExpatError

from kavalan.chats.ufdr.elements import Elements
from kavalan.chats.ufdr.mending import Mended
from kavalan.chats.ufdr.model import Broken, Entry, count_kind

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from typing import BinaryIO

    from kavalan.chats.ufdr.model import File, Model

_OPENING: Final = re.compile(
    rb"""<(?:\w{1,20}:)?model\s[^<>]{0,1000}?\btype\s*=\s*["'](?:Chat|InstantMessage|SMS|MMS|Call)["']"""
)
_BLOCK: Final = 1 << 20
_OVERLAP: Final = 2048
_SPARE: Final = 16 << 20
"""Bytes that are read a second time at most, besides as many as the report has."""
_WHY: Final = "the report's XML is broken here: reading goes on at the next message"
_CUT: Final = "the report ends within a record: it is not whole"


class Walk:
    """Reads a report from its first byte to its last.

    Args:
        source: the report.

    Attributes:
        passed: by their types, how many models are neither chats nor messages.
        crowded: models of which not all could be held.
        astray: the first place outside of messages with a byte that XML does not take; None for none.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.passed: dict[str, int] = {}
        self.crowded = 0
        self.astray: int | None = None
        self._source = source
        self._size = source.seek(0, 2)
        self._again = 0
        self._holder: Model | None = None
        self._mended = Mended(source)

    def mended_within(self, model: Model) -> int | None:
        """The place of the first byte in a model that XML does not take; None for none. Models are asked in order."""
        places, end = self._mended.places, model.offset + model.length
        within = [place for place in places if model.offset <= place < end]
        self._stray([place for place in places if place < model.offset])
        self._mended.places = [place for place in places if place >= end]
        return within[0] if within else None

    def entries(self) -> Iterator[Entry | File | Broken]:
        """What is whole, and what is broken."""
        onward: int | None = 0
        while onward is not None:
            start, onward = onward, None
            elements = Elements(start, resumed=start > 0)
            self._mended = Mended(self._source, start)
            try:
                yield from self._read(elements, start > 0)
            except ExpatError:
                onward = yield from self._broken(elements, start)
            for kind, count in elements.passed.items():
                count_kind(self.passed, kind, count)
            self.crowded += elements.crowded

    def _read(self, elements: Elements, resumed: bool) -> Iterator[Entry | File]:
        for block in self._mended.blocks():
            if elements.open_since is None:
                self._stray([place for place in self._mended.places if place < elements.taken])
                self._mended.places = [place for place in self._mended.places if place >= elements.taken]
            for said in elements.take(block):
                yield self._held(said) if resumed and isinstance(said, Entry) else said
        # What begins anywhere ends anywhere, but not within a record.
        if not resumed or elements.open_since is not None:
            elements.end()

    def _stray(self, places: list[int]) -> None:
        if places and self.astray is None:
            self.astray = places[0]

    def _held(self, entry: Entry) -> Entry:
        """A message behind a broken place belongs to the chat in which that place lies."""
        if entry.holder is None and entry.model.type == "InstantMessage" and self._holder is not None:
            return entry._replace(holder=self._holder, field="Messages")
        return entry

    def _broken(self, elements: Elements, start: int) -> Generator[Broken, None, int | None]:
        """Where reading goes on; None for nowhere."""
        at, since = elements.error_at, elements.open_since
        if start and since is None and elements.holder is None and elements.alone:
            # Only the end of what was opened before the broken place: of the chat, of the list of chats.
            self._holder = None
            return self._opening(max(at, start + 1))
        self._holder = elements.holder or (self._holder if start else None)
        begins = at if since is None else since
        onward = self._opening(max(at, begins + 1))
        if onward is None and since is not None:
            onward = self._opening(since + 1)
        self._again += max(0, at - onward) if onward is not None else 0
        if self._again > self._size + _SPARE:
            onward = None
        why = _WHY if onward is not None or at < self._size else _CUT
        yield Broken(begins, (self._size if onward is None else onward) - begins, why)
        return onward

    def _opening(self, place: int) -> int | None:
        """Where the next chat or message begins."""
        self._source.seek(place)
        held = b""
        while block := self._source.read(_BLOCK):
            held += block
            if found := _OPENING.search(held):
                return self._source.tell() - len(held) + found.start()
            held = held[-_OVERLAP:]
        return None
