"""What the columns of a provider's table mean: saved once, seen in a preview, used for every file of that provider."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Annotated, Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from kavalan.chats.errors import ChatError

if TYPE_CHECKING:
    from pathlib import Path

Meaning = Literal[
    "at",
    "date",
    "time",
    "caller",
    "called",
    "holder",
    "party",
    "direction",
    "duration",
    "type",
    "imei",
    "imsi",
    "cell",
    "narration",
    "debit",
    "credit",
    "amount",
    "payer",
    "payee",
    "reference",
    "ifsc",
    "note",
]
"""What a column may mean. `cell` and `note` may be meant by several; any other meaning has one column."""

_MANY: Final[frozenset[Meaning]] = frozenset({"cell", "note"})
_NEEDED: Final[dict[str, tuple[frozenset[Meaning], ...]]] = {
    "calls": (frozenset({"at", "date"}), frozenset({"party", "caller"}), frozenset({"party", "called"})),
    "payments": (frozenset({"at", "date"}), frozenset({"amount", "debit", "credit"})),
}
"""Of each of these one at least."""


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a table is to be read.

    Attributes:
        rows: what a row is.
        meaning: by the column's header, as it stands in its line; other columns are kept with the text of their row.
        zone: IANA name of the zone of times that name none; empty where it is not known.
        order: of day, month and year in dates that are written in numbers.
        holder: whose records these are, where no column says it: a number, or an account.
        holder_line: words before the holder's number in a line above the header, where no column says it.
        words: what other words mean that say in which direction a row goes.
        delimiter: between cells; found by itself where it is empty.
    """

    rows: Literal["calls", "payments"]
    meaning: Annotated[dict[str, Meaning], msgspec.Meta(min_length=1, max_length=200)]
    zone: str = ""
    order: Literal["dmy", "mdy", "ymd"] = "dmy"
    holder: str = ""
    holder_line: str = ""
    words: dict[str, Literal["incoming", "outgoing"]] = {}
    delimiter: Annotated[str, msgspec.Meta(max_length=1)] = ""

    def __post_init__(self) -> None:
        means = list(self.meaning.values())
        if twice := [one for one in means if one not in _MANY and means.count(one) > 1]:
            message = f"two columns mean `{twice[0]}`; only one may"
            raise ValueError(message)
        for some in _NEEDED[self.rows]:
            if not some.intersection(means):
                message = f"rows of {self.rows} need a column that means {' or '.join(sorted(some))}"
                raise ValueError(message)
        try:
            if self.zone:
                ZoneInfo(self.zone)
        except (LookupError, ValueError, OSError) as error:
            message = f"{self.zone!r} is no time zone; give one like Asia/Kolkata"
            raise ValueError(message) from error


def read_columns(path: Path) -> Columns:
    """A saved meaning of columns, TOML.

    Raises:
        ChatError: it cannot be read or does not hold together; the text says where.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Columns)
    except (OSError, ValueError) as error:
        message = f"{path}: {error}"
        raise ChatError(message) from error
