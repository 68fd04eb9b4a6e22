"""What a worker is told about a source of chats."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

Order = Literal["dmy", "mdy", "ymd", "ydm"]

ORDERS: Final[tuple[Order, ...]] = ("dmy", "mdy", "ymd", "ydm")
"""Of year, month and day in a date."""


class Request(msgspec.Struct, frozen=True):
    """One source and what the examiner knows about it.

    Attributes:
        form: one of `FORMS`.
        source: its SHA-256 in hexadecimal digits.
        name: of its file; some name the chat.
        order: of its dates, where the examiner says it.
        zone: IANA name of the zone in which it was written, where the examiner says it.
        region: whose plan reads telephone numbers without a country's prefix; None looks for no identifiers at all.
    """

    form: str
    source: str
    name: str = ""
    order: Order | None = None
    zone: str = ""
    region: str | None = "IN"
