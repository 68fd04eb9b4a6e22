"""Which reader a file asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.lists.errors import WrongFormatError
from kavalan.lists.readers.contract import Reader, Source
from kavalan.lists.readers.icse import IcseReader
from kavalan.lists.readers.ncmec import NcmecReader
from kavalan.lists.readers.nsrl import NsrlReader
from kavalan.lists.readers.stopncii import StopNciiReader
from kavalan.lists.readers.threatexchange import ThreatExchangeReader
from kavalan.lists.readers.vics import VicsReader

if TYPE_CHECKING:
    from pathlib import Path

FORMATS: Final[tuple[Reader, ...]] = (
    NsrlReader(),
    VicsReader(),
    StopNciiReader(),
    NcmecReader(),
    IcseReader(),
    ThreatExchangeReader(),
)
"""Readers of the formats that can be told by the file's beginning; text lists of anybody need a `ColumnReader`."""


def detect(path: Path) -> Reader:
    """The reader of a file, by its content and never by its name.

    Raises:
        WrongFormatError: no reader knows it.
        ListError: the file cannot be opened.
    """
    with Source(path, None) as source:
        head = source.head()
    for reader in FORMATS:
        if reader.recognises(head):
            return reader
    known = ", ".join(reader.format for reader in FORMATS)
    raise WrongFormatError(path, f"none of the formats {known}; for other text give a mapping of its columns")
