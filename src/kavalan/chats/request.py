"""What a worker is told about a source of chats."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from kavalan.chats.tables.columns import Columns

Order = Literal["dmy", "mdy", "ymd", "ydm"]

ORDERS: Final[tuple[Order, ...]] = ("dmy", "mdy", "ymd", "ydm")
"""Of year, month and day in a date."""


class Piece(msgspec.Struct, frozen=True):
    """A file of a source that has several: the source is all of them, one after another.

    Attributes:
        name: its path from the folder or archive that was given.
        offset: bytes from the start of the source.
        size: in bytes.
        sha256: of it alone, in hexadecimal digits.
    """

    name: str
    offset: int
    size: int
    sha256: str = ""


class Request(msgspec.Struct, frozen=True):
    """One source and what the examiner knows about it.

    Attributes:
        form: one of `FORMS`.
        source: its SHA-256 in hexadecimal digits.
        name: of its file; some name the chat.
        order: of its dates, where the examiner says it.
        zone: IANA name of the zone in which it was written, where the examiner says it.
        region: whose plan reads telephone numbers without a country's prefix; None looks for no identifiers at all.
        pieces: the files of the source; none where it is one file.
        columns: what those of a table mean; None for anything else.
    """

    form: str
    source: str
    name: str = ""
    order: Order | None = None
    zone: str = ""
    region: str | None = "IN"
    pieces: tuple[Piece, ...] = ()
    columns: Columns | None = None
