"""On which pages of a PDF a picture is shown, and the pictures that stand in the pages' own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TypeAlias

import pikepdf

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.embedded.pdfcolours import UnfitError
from kavalan.sources.embedded.pdffilters import PLAIN, unfiltered
from kavalan.sources.embedded.pdfpicture import Drawn, drawn, filters_of, pieces, raw

Number: TypeAlias = tuple[int, int]
_DEPTH = 20
_STEPS = 2_000_000
_PAGES_TOLD = 5
_CONTENT_BYTES = 64 << 20
_CONTENT_STREAMS = 10_000
_INLINE = re.compile(
    rb"(?<![^\0\t\n\x0c\r ])BI[\0\t\n\x0c\r ](?P<facts>.{1,2000}?)[\0\t\n\x0c\r >\]]ID[\0\t\n\x0c\r ]", re.DOTALL
)
_INLINE_END = re.compile(rb"[\0\t\n\x0c\r ]EI(?![^\0\t\n\x0c\r ])")


class Pages:
    """Goes through the pages, what they show and what that shows again.

    Attributes:
        gave_up: why not all was looked at; None where all was.
    """

    def __init__(self) -> None:
        self.gave_up: str | None = None
        self._shown: dict[Number, list[int]] = {}
        self._steps = _STEPS
        self._texts: set[Number] = set()

    def look(self, page: pikepdf.Object, number: int) -> Iterator[Drawn]:
        """Note what a page shows; its inline pictures come out."""
        seen: set[Number] = set()
        resources = _inherited(page)
        yield from self._text(page.get("/Contents"), resources)
        yield from self._resources(resources, number, seen, 0)
        for annotation in _entries(page.get("/Annots")):
            if isinstance(annotation, pikepdf.Dictionary):
                for appearance in _appearances(annotation.get("/AP"), 0):
                    yield from self._drawn(appearance, number, seen, 0)
        thumbnail = page.get("/Thumb")
        if isinstance(thumbnail, pikepdf.Stream):
            self._note(thumbnail.objgen, number)

    def first(self, number: Number) -> int | None:
        """The first page that shows an object."""
        pages = self._shown.get(number)
        return pages[0] if pages else None

    def remarks(self, number: Number) -> tuple[str, ...]:
        """The other pages that show it."""
        pages = self._shown.get(number, [])
        if len(pages) < 2:
            return ()
        told = ", ".join(map(str, pages[1:_PAGES_TOLD]))
        return (f"also on page {told}" + (" and on others" if len(pages) > _PAGES_TOLD else ""),)

    def _note(self, number: Number, page: int) -> None:
        pages = self._shown.setdefault(number, [])
        if page not in pages and len(pages) <= _PAGES_TOLD:
            pages.append(page)

    def _resources(self, resources: object, page: int, seen: set[Number], depth: int) -> Iterator[Drawn]:
        if not isinstance(resources, pikepdf.Dictionary):
            return
        for family in ("/XObject", "/Pattern"):
            for shown in _entries(resources.get(family)):
                yield from self._drawn(shown, page, seen, depth)

    def _drawn(self, shown: object, page: int, seen: set[Number], depth: int) -> Iterator[Drawn]:
        self._steps -= 1
        if self._steps < 0 or depth > _DEPTH:
            self.gave_up = "its pages show too much to say for each picture on which it is"
            return
        if not isinstance(shown, pikepdf.Stream) or shown.objgen in seen:
            return
        seen.add(shown.objgen)
        if shown.get("/Subtype") == "/Image":
            self._note(shown.objgen, page)
            return
        resources = shown.get("/Resources")
        yield from self._text(shown, resources)
        yield from self._resources(resources, page, seen, depth + 1)

    def _text(self, contents: object, resources: object) -> Iterator[Drawn]:
        """Pictures within the text of a page or form, once for each text."""
        streams = [each for each in _entries(contents) if isinstance(each, pikepdf.Stream)][:_CONTENT_STREAMS]
        numbers = {stream.objgen for stream in streams}
        if not streams or numbers <= self._texts:
            return
        self._texts |= numbers
        spaces = resources.get("/ColorSpace") if isinstance(resources, pikepdf.Dictionary) else None
        names = spaces if isinstance(spaces, pikepdf.Dictionary) else None
        yield from _inline_pictures(_content(streams), names)


def _entries(value: object) -> Iterator[object]:
    """The members of an array or a dictionary; a stream is one."""
    if isinstance(value, pikepdf.Stream):
        yield value
    elif isinstance(value, pikepdf.Array):
        yield from value
    elif isinstance(value, pikepdf.Dictionary):
        for key in value.keys():  # noqa: SIM118 - not a mapping of Python's
            yield value.get(key)


def _appearances(value: object, depth: int) -> Iterator[object]:
    """The pictures of an annotation: of each of its states."""
    for each in _entries(value):
        if isinstance(each, pikepdf.Stream) or depth >= 2:
            yield each
        else:
            yield from _appearances(each, depth + 1)


def _inherited(page: pikepdf.Object) -> object:
    """A page's resources, which may be those of a node above it (ISO 32000-2, 7.7.3.4)."""
    node: object = page
    for _ in range(_DEPTH):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if (resources := node.get("/Resources")) is not None:
            return resources
        node = node.get("/Parent")
    return None


def _content(streams: Sequence[pikepdf.Object]) -> bytes:
    found = bytearray()
    for stream in streams:
        try:
            filters = tuple(filters_of(stream))
            if any(each.name not in PLAIN or each.parameters.get("Predictor", 1) > 1 for each in filters):
                continue
            for piece in unfiltered(pieces(partial(raw, stream)), filters):
                found += piece
                if len(found) > _CONTENT_BYTES:
                    return bytes(found)
        except (DamagedError, UnfitError):
            pass  # what came before the damage is looked at
        found += b"\n"
    return bytes(found)


def _inline_pictures(content: bytes, names: pikepdf.Object | None) -> Iterator[Drawn]:
    """Pictures between `BI` and `EI` (ISO 32000-2, 8.9.7)."""
    at = 0
    while (begun := _INLINE.search(content, at)) is not None:
        at = begun.end()
        ended = _INLINE_END.search(content, at)
        if ended is None:
            return
        data = memoryview(content)[at : ended.start()]
        try:
            facts = pikepdf.Object.parse(b"<<" + content[begun.start("facts") : begun.end() - 3] + b">>")
            picture = drawn(facts, partial(_same, data), names)
        except (UnfitError, pikepdf.PdfError, ValueError):
            continue
        at = ended.end()
        yield picture


def _same(data: memoryview) -> memoryview:
    return data
