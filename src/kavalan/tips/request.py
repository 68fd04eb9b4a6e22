"""What a worker is told about a file of tips."""

from __future__ import annotations

from typing import Final

import msgspec

from kavalan.tips.columns import Columns

LONGEST_DOCUMENT: Final = 64 << 20
"""Bytes of a JSON referral; the largest that are known have some hundred kilobytes."""


class Request(msgspec.Struct, frozen=True):
    """In which form a file is to be read, and for a table what its columns mean."""

    form: str
    columns: Columns | None = None
