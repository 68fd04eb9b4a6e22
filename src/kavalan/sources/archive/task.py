"""The task that runs in the sandbox: say what is in an archive. Only workers import it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import BinaryIO, TypeAlias

from kavalan.sources.archive.passage import Passage, Said, rest
from kavalan.sources.archive.records import Format, Request

Reader: TypeAlias = Callable[[BinaryIO, Request, Passage], Iterator[Said]]

# Imported when first needed: a worker that unpacks a ZIP has no use for what reads documents.
_READERS: dict[Format, str] = {
    "zip": "kavalan.sources.extraction.inzip:read_described",
    "7z": "kavalan.sources.archive.sevenzip:read_7z",
    "tar": "kavalan.sources.archive.tar:read_tar",
    "gzip": "kavalan.sources.archive.single:read_single",
    "bzip2": "kavalan.sources.archive.single:read_single",
    "xz": "kavalan.sources.archive.single:read_single",
    "zstd": "kavalan.sources.archive.single:read_single",
    "adb": "kavalan.sources.extraction.android:read_android",
    "sqlite": "kavalan.sources.embedded.sqlite:read_sqlite",
    "trailer": "kavalan.sources.embedded.trailer:read_trailer",
    "thumbnails": "kavalan.sources.embedded.thumbnails:read_thumbnails",
    "pdf": "kavalan.sources.embedded.pdf:read_pdf",
    "ole": "kavalan.sources.embedded.ole:read_ole",
    "mail": "kavalan.sources.embedded.mail:read_mail",
    "mbox": "kavalan.sources.embedded.mail:read_mbox",
}


def read(source: BinaryIO, request: Request) -> Iterator[Said]:
    """Say an archive's members and their bytes, in one pass."""
    passage = Passage(request)
    yield from _reader(request.format)(source, request, passage)
    if not passage.found_start:
        yield rest("the member behind which reading should go on is not there any more")


def _reader(format_: Format) -> Reader:
    module, name = _READERS[format_].split(":")
    reader: Reader = getattr(import_module(module), name)
    return reader
