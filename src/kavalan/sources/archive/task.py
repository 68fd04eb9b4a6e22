"""The task that runs in the sandbox: say what is in an archive. Only workers import it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kavalan.sources.archive.passage import Passage, Said, rest
from kavalan.sources.archive.records import Request
from kavalan.sources.archive.sevenzip import read_7z
from kavalan.sources.archive.single import read_single
from kavalan.sources.archive.tar import read_tar
from kavalan.sources.archive.zipfile import read_zip


def read(source: BinaryIO, request: Request) -> Iterator[Said]:
    """Say an archive's members and their bytes, in one pass."""
    passage = Passage(request)
    if request.format == "zip":
        yield from read_zip(source, passage)
    elif request.format == "7z":
        yield from read_7z(source, passage)
    elif request.format == "tar":
        yield from read_tar(source, passage)
    else:
        yield from read_single(source, request, passage)
    if not passage.found_start:
        yield rest("the member behind which reading should go on is not there any more")
