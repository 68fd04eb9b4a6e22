"""Which column of a partner's table means what: saved once, seen in a preview, used every month."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

from kavalan.tips.errors import TipError
from kavalan.tips.moments import Order

if TYPE_CHECKING:
    from pathlib import Path

Meaning = Literal[
    "number",
    "received",
    "sender",
    "incident",
    "incident_at",
    "platform",
    "priority",
    "name",
    "born",
    "account",
    "phone",
    "email",
    "address",
    "ip",
    "port",
    "ip_at",
    "file_name",
    "md5",
    "sha256",
    "note",
]
"""What a column may mean. Several may mean `phone`, `email`, `address` or `note`; any other meaning has one column."""

_MANY: frozenset[Meaning] = frozenset({"phone", "email", "address", "note"})


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a table is to be read.

    Attributes:
        meaning: by the column's header, as it stands in the first line; others are kept as leftovers.
        zone: IANA name of the zone of times that name none.
        order: of day, month and year in dates that are not ISO 8601.
        sender: of all rows, where no column says it.
        skip: lines before the header.
        delimiter: between cells; found by itself where it is empty.
    """

    meaning: Annotated[dict[str, Meaning], msgspec.Meta(min_length=1)]
    zone: str
    order: Order = "dmy"
    sender: str = ""
    skip: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 0
    delimiter: Annotated[str, msgspec.Meta(max_length=1)] = ""

    def __post_init__(self) -> None:
        means = list(self.meaning.values())
        if twice := [one for one in means if one not in _MANY and means.count(one) > 1]:
            message = f"two columns mean `{twice[0]}`; only one may"
            raise ValueError(message)
        try:
            ZoneInfo(self.zone)
        except (LookupError, ValueError, OSError) as error:
            message = f"{self.zone!r} is no time zone; give one like Asia/Kolkata"
            raise ValueError(message) from error


def read_columns(path: Path) -> Columns:
    """A saved meaning of columns, TOML.

    Raises:
        TipError: it cannot be read or does not hold together; the text says where.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Columns)
    except (OSError, ValueError) as error:
        message = f"{path}: {error}"
        raise TipError(message) from error
