"""What stands in a cell: numbers that spreadsheet programs wrote, amounts, durations."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from kavalan.identifiers import ascii_digits

_FLOAT: Final = re.compile(r"(\d)(?:[.,](\d{1,17}))?[Ee]\+?(\d{1,2})")
_WHOLE: Final = re.compile(r"(\d+)[.,]0+")
_QUOTED: Final = re.compile(r'="?([^"]*)"?')
_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?")
_SECONDS: Final = re.compile(r"(\d{1,9})(?:[.,]\d+)?(?:\s*(?:s|sec|secs|seconds))?", re.IGNORECASE)
_AMOUNT: Final = re.compile(
    r"(?P<minus>[-(]?)\s*(?:inr|rs\.?|₹)?\s*(?P<minus2>-?)\s*(?P<digits>[\d,]*\d(?:\.\d+)?)\s*\)?\s*(?P<side>[cd]r\.?)?",
    re.IGNORECASE,
)
_LONGEST: Final = 60


@lru_cache(maxsize=1 << 14)
def number_of(cell: str) -> tuple[str, bool]:
    """The digits of a number that names something, and whether a spreadsheet program rounded some of them away.

    `="0919"`, `'0919` and `919847012345.0` are what they were before. `9.19847E+11` has lost six digits, and stays as
    it is; `9.19847012345E+11` has all.
    """
    said = cell.strip().removeprefix("'")
    if said.startswith("=") and (quoted := _QUOTED.fullmatch(said)):
        said = quoted[1].strip()
    plain = ascii_digits(said[:_LONGEST])
    if (found := _FLOAT.fullmatch(plain)) is not None:
        behind, places = found[2] or "", int(found[3])
        return (found[1] + behind, False) if len(behind) == places else (said, True)
    if (whole := _WHOLE.fullmatch(plain)) is not None:
        return whole[1], False
    return said, False


def seconds_of(cell: str) -> int | None:
    """A duration: seconds, `h:mm:ss`, or `m:ss`; None for what is none."""
    said = ascii_digits(cell.strip()[:_LONGEST])
    if (plain := _SECONDS.fullmatch(said)) is not None:
        return int(plain[1])
    if (clock := _CLOCK.fullmatch(said)) is not None:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])
    return None


def amount_of(cell: str) -> tuple[Decimal | None, str]:
    """An amount without its sign, and the side that the cell says: `dr`, `cr`, or empty.

    `1,23,456.78`, `₹ 500`, `(500.00)`, `-500` and `500.00 Dr` are amounts.
    """
    found = _AMOUNT.fullmatch(ascii_digits(cell.strip()[:_LONGEST]))
    if found is None:
        return None, ""
    side = (found["side"] or "").lower().rstrip(".")
    if found["minus"] or found["minus2"]:
        side = side or "dr"
    try:
        return Decimal(found["digits"].replace(",", "")), side
    except InvalidOperation:
        return None, ""
