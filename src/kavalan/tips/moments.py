"""Times as people and programs write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from kavalan.tips.model import Moment

if TYPE_CHECKING:
    from datetime import tzinfo

Order = Literal["dmy", "mdy", "ymd"]

_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE
)
_LONGEST = 80
"""Characters of a time; a longer text is none, and is not searched for one."""
_CENTURY = 2000
"""Of a year with two digits: no tip is older."""


def moment(said: str) -> Moment:
    """A time as it was written, and as a moment where it leaves nothing open.

    A time without a zone stays without a moment: five and a half hours decide which subscriber held an address.
    """
    if len(said) > _LONGEST:
        return Moment(said)
    try:
        read = datetime.fromisoformat(_ZONE.sub("+00:00", said))
        return Moment(said, read.astimezone(UTC)) if read.utcoffset() is not None else Moment(said)
    except (ValueError, OverflowError):
        return Moment(said)


def moment_in(said: str, order: Order, zone: tzinfo) -> Moment:
    """A time of a table whose columns are known to be in one order and one zone; a day without a time is no moment."""
    exact, found = moment(said), _WRITTEN.fullmatch(said[: _LONGEST + 1])
    if exact.utc is not None or found is None:
        return exact
    parts = dict(zip(order, map(int, found.groups()[:3]), strict=True))
    year = parts["y"] + (_CENTURY if parts["y"] < 100 else 0)
    hour, minute, second = int(found[4]), int(found[5]), int(found[6] or 0)
    if half := (found[7] or "").lower():
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        local = datetime(year, parts["m"], parts["d"], hour, minute, second, tzinfo=zone)
        return Moment(said, local.astimezone(UTC))
    except (ValueError, OverflowError):
        return Moment(said)
