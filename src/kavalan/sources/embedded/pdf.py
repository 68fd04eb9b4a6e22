"""PDF (ISO 32000-2): its pictures and the files that it carries, each object once.

qpdf, through pikepdf, finds the objects: it repairs what is broken and decrypts what needs no password. What is in the
objects is decoded here in bounded pieces, since qpdf decodes a stream as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, TypeAlias

import pikepdf
from pikepdf.exceptions import PikepdfError

from kavalan.sources.archive.passage import Passage, Said, rest
from kavalan.sources.archive.records import Begin, Request, Still
from kavalan.sources.embedded.behind import read_behind
from kavalan.sources.embedded.pdfcolours import UnfitError
from kavalan.sources.embedded.pdffiles import Attached, attached, files_in
from kavalan.sources.embedded.pdffilters import PLAIN, unfiltered
from kavalan.sources.embedded.pdfpages import Number, Pages
from kavalan.sources.embedded.pdfpicture import Taken, drawn, filters_of, pieces, raw, taken

_Act: TypeAlias = Callable[[object], Iterator[Said]]
# What pikepdf raises for an object that is not what it should be.
_HOSTILE = (
    PikepdfError,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    ArithmeticError,
)
_PAUSE = 256
_OBJECTS = 5_000_000
_REASONS = 20


def read_pdf(source: BinaryIO, request: Request, passage: Passage) -> Iterator[Said]:
    """Say pictures within the text of pages, then those that are objects, by their numbers, then files."""
    try:
        with pikepdf.open(source, access_mode=pikepdf.AccessMode.stream, suppress_warnings=True) as document:
            yield from _Reader(document, passage).members()
    except pikepdf.PasswordError:
        yield rest("encrypted: it needs its password")
    except _HOSTILE as error:
        yield rest(f"cannot be read as a PDF: {str(error)[:300]}")
    yield from read_behind(source, request, passage)


class _Reader:
    """One document."""

    def __init__(self, document: pikepdf.Pdf, passage: Passage) -> None:
        self._document = document
        self._passage = passage
        self._pages = Pages()
        self._found: list[Attached] = []
        self._files: set[Number] = set()
        self._masks: dict[Number, int] = {}
        self._reasons = 0

    def members(self) -> Iterator[Said]:
        """Say all."""
        yield from self._look_at_pages()
        if self._pages.gave_up:
            yield rest(self._pages.gave_up)
        objects = self._document.objects
        count = len(objects)
        yield from self._each(self._note_object, count)
        yield from self._each(self._say_object, count)
        for found in self._found:
            try:
                yield from self._file(found)
            except _HOSTILE as error:
                yield from self._bad("a file in it", error)

    def _look_at_pages(self) -> Iterator[Said]:
        try:
            for number, page in enumerate(self._document.pages, 1):
                if number % _PAUSE == 0:
                    yield Still()
                for count, picture in enumerate(self._pages.look(page.obj, number), 1):
                    yield from self._picture(b"page %d/inline %d" % (number, count), taken(picture), ())
        except _HOSTILE as error:
            yield from self._bad("its pages", error)

    def _each(self, act: _Act, count: int) -> Iterator[Said]:
        """Every object in turn; a bad one costs itself."""
        for at in range(min(count, _OBJECTS)):
            if at % _PAUSE == 0:
                yield Still()
            try:
                yield from act(self._document.objects[at])
            except _HOSTILE as error:
                yield from self._bad(f"object {at}", error)
        if count > _OBJECTS:
            yield rest(f"of its {count} objects {_OBJECTS} were looked at")

    def _bad(self, what: str, error: Exception) -> Iterator[Said]:
        self._reasons += 1
        if self._reasons <= _REASONS:
            yield rest(f"{what} cannot be read: {str(error)[:200]}")

    def _note_object(self, stored: object) -> Iterator[Said]:
        """What must be known before the first picture is said: which are files, which are masks of others."""
        if isinstance(stored, pikepdf.Stream):
            mask = stored.get("/SMask")
            if isinstance(mask, pikepdf.Stream):
                self._masks[mask.objgen] = max(self._masks.get(mask.objgen, 0), _pixels(stored))
        for found in files_in(stored):
            if found.stream.objgen not in self._files:
                self._files.add(found.stream.objgen)
                self._found.append(found)
        yield from ()

    def _say_object(self, stored: object) -> Iterator[Said]:
        if not isinstance(stored, pikepdf.Stream) or stored.objgen in self._files:
            return
        if stored.get("/Type") == "/EmbeddedFile":
            yield from self._file(attached(b"", stored))
        elif _is_picture(stored) and not self._is_mere_mask(stored):
            yield from self._object(stored)

    def _object(self, stored: pikepdf.Object) -> Iterator[Said]:
        number, generation = stored.objgen
        label = b"%d" % number + (b".%d" % generation if generation else b"")
        page = self._pages.first(stored.objgen)
        name = b"object " + label if page is None else b"page %d/image " % page + label
        try:
            found = taken(drawn(stored, partial(raw, stored)))
        except UnfitError as error:
            found = Taken(b"", lambda: iter(()), refusal=str(error))
        yield from self._picture(name, found, self._pages.remarks(stored.objgen), _length(stored))

    def _picture(
        self, name: bytes, found: Taken, remarks: tuple[str, ...], packed: int | None = None
    ) -> Iterator[Said]:
        begin = Begin(name + found.ending, refusal=found.refusal, remarks=found.remarks + remarks)
        yield from self._passage.member(begin, found.chunks, packed=packed)

    def _is_mere_mask(self, stored: pikepdf.Object) -> bool:
        """A soft mask, unless it says more than the picture that it masks, which then is but its colour."""
        masked = self._masks.get(stored.objgen)
        return masked is not None and masked * 4 > _pixels(stored)

    def _file(self, found: Attached) -> Iterator[Said]:
        number = found.stream.objgen
        try:
            filters = tuple(filters_of(found.stream))
            unread = next((each.name for each in filters if each.name not in PLAIN), None)
            predicted = any(each.parameters.get("Predictor", 1) > 1 for each in filters)
            refusal = f"compressed by {unread[:40]}, for which there is no decoder" if unread else None
            refusal = "compressed as if it were pixels" if predicted and not refusal else refusal
        except UnfitError as error:
            filters, refusal = (), str(error)
        begin = Begin(
            found.name or b"object %d" % number[0],
            created=found.created,
            modified=found.modified,
            local=found.local,
            digests=(("md5", found.md5),) if found.md5 else (),
            refusal=refusal,
        )
        stored = pieces(partial(raw, found.stream))
        yield from self._passage.member(begin, lambda: unfiltered(stored, filters), packed=_length(found.stream))


def _is_picture(stored: pikepdf.Object) -> bool:
    """A picture by its subtype, or, as a page's thumbnail may be, by its size."""
    subtype = stored.get("/Subtype")
    if subtype is not None:
        return bool(subtype == "/Image")
    return all(stored.get(key) is not None for key in ("/Width", "/Height", "/ColorSpace"))


def _pixels(stored: pikepdf.Object) -> int:
    return _number(stored, "/Width") * _number(stored, "/Height")


def _length(stored: pikepdf.Object) -> int | None:
    return _number(stored, "/Length") or None


def _number(stored: pikepdf.Object, key: str) -> int:
    value: object = stored.get(key)
    return value if isinstance(value, int) and value > 0 else 0
