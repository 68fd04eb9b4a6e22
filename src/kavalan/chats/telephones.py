"""Telephone numbers as tables and reports write them: with a plus, with zeros, with a country's digits alone."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from kavalan.identifiers import ascii_digits

_NUMBER: Final = re.compile(r"(\+?)(\d{7,18})")
_BETWEEN: Final = re.compile(r"[\s().\-\u00a0\u202f\u2010-\u2015]+")
_LONGEST: Final = 40
_WITH_COUNTRY: Final = 12
"""Digits of a number that names its country: no plan has so many without."""


@lru_cache(maxsize=1 << 16)
def telephone(said: str, region: str | None) -> str:
    """The number in the form of E.164; empty for what is no whole number, such as a sender's short name.

    `9847012345`, `09847012345`, `919847012345`, `0091 98470 12345` and `+91-98470-12345` are one number. A number that
    no plan has, for plans are younger than numbers, is one where its country's digits stand in it beyond doubt: behind
    a plus or two noughts, or as the beginning of twelve digits or more.

    Args:
        said: as it is written.
        region: whose plan reads a number without a country's digits; None reads none of them.
    """
    found = _NUMBER.fullmatch(_BETWEEN.sub("", ascii_digits(said[:_LONGEST])))
    if found is None:
        return ""
    plus, digits = found[1], found[2]
    whole = f"+{digits.lstrip('0')}"
    ways = [(f"+{digits}", None)] if plus else [(digits, region), (digits.lstrip("0"), region), (whole, None)]
    for written, plan in ways:
        if plan is not None or written.startswith("+"):
            with suppress(NumberParseException):
                number = phonenumbers.parse(written, plan)
                if phonenumbers.is_valid_number(number):
                    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    abroad = plus or digits.startswith("00") or len(digits) >= _WITH_COUNTRY
    return whole if abroad and _has_length(whole) else ""


def _has_length(whole: str) -> bool:
    with suppress(NumberParseException):
        return phonenumbers.is_possible_number(phonenumbers.parse(whole))
    return False
