"""A ZIP that hides behind a document: a file is opened as one kind, and this one would be lost to the other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from kavalan.sources.archive.passage import Passage, Said
from kavalan.sources.archive.records import Request
from kavalan.sources.archive.zipfile import read_zip
from kavalan.sources.archive.ziptail import find_directory

_END_BYTES = 22
_SLACK = 2


def read_behind(source: BinaryIO, request: Request, passage: Passage) -> Iterator[Said]:
    """Say the members of a ZIP that the file ends with; one that is embedded is followed by more of the document."""
    descriptor = source.fileno()
    length = os.fstat(descriptor).st_size
    directory = find_directory(descriptor, length)
    if directory is not None and directory.entries and _ends(descriptor, length):
        yield from read_zip(source, request, passage)


def _ends(descriptor: int, length: int) -> bool:
    """Whether the last bytes are those of a ZIP (APPNOTE 4.3.16), its comment included."""
    before = max(0, length - (1 << 16) - _END_BYTES - _SLACK)
    tail = os.pread(descriptor, length - before, before)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or at + _END_BYTES > len(tail):
        return False
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    return 0 <= len(tail) - at - _END_BYTES - comment <= _SLACK
