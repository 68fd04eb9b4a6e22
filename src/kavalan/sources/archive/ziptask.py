"""The task that runs in the sandbox for a ZIP alone, given or lent. Only workers import it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kavalan.sources.archive.lent import Borrowed
from kavalan.sources.archive.passage import DamagedError, Passage, Said, rest
from kavalan.sources.archive.records import Request
from kavalan.sources.archive.zipfile import read_zip, read_zip_at


def read(source: BinaryIO, request: Request, *questions: BinaryIO) -> Iterator[Said]:
    """Say a ZIP's members and their bytes, in one pass."""
    passage = Passage(request)
    if not questions:
        yield from read_zip(source, request, passage)
        return
    try:
        yield from read_zip_at(Borrowed(source, questions[0], request.lent), request.lent, passage)
    except DamagedError as damage:
        yield rest(str(damage))
