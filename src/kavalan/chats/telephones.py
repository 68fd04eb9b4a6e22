"""Telephone numbers as tables and reports write them: with a plus, with zeros, with a country's digits alone."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from kavalan.identifiers import ascii_digits

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = re.compile(r"(\+?)(\d{7,18})")
_BETWEEN: Final = re.compile(r"[\s().\-\u00a0\u202f\u2010-\u2015]+")
_LONGEST: Final = 40


@lru_cache(maxsize=1 << 16)
def telephone(said: str, region: str | None) -> str:
    """The number in the form of E.164; empty for what is no whole number of any plan, such as a sender's short name.

    `9847012345`, `09847012345`, `919847012345`, `0091 98470 12345` and `+91-98470-12345` are one number.

    Args:
        said: as it is written.
        region: whose plan reads a number without a country's digits; None reads none of them.
    """
    found = _NUMBER.fullmatch(_BETWEEN.sub("", ascii_digits(said[:_LONGEST])))
    if found is None:
        return ""
    for written, plan in _ways(found[1], found[2], region):
        with suppress(NumberParseException):
            number = phonenumbers.parse(written, plan)
            # After a plus nothing but the length can be wrong: plans are younger than numbers.
            if phonenumbers.is_valid_number(number) or (found[1] and phonenumbers.is_possible_number(number)):
                return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return ""


def _ways(plus: str, digits: str, region: str | None) -> Iterator[tuple[str, str | None]]:
    """Each way of reading it, the likelier first."""
    bare = digits.lstrip("0")
    if plus:
        yield f"+{digits}", None
        return
    if digits.startswith("00"):
        yield f"+{bare}", None
    if region is not None:
        yield digits, region
        yield bare, region
    yield f"+{bare}", None
