"""Telephone numbers, by the numbering plans that `phonenumbers` carries."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

from kavalan.identifiers.model import Identifier, Kind, Surety

if TYPE_CHECKING:
    from collections.abc import Iterator

WORTH = re.compile(r"\d(?:[\s().\-/\u2010-\u2015]{0,3}\d){6}")
"""Seven digits with no more between them than people write: without these no matcher is asked."""
_WITH_PREFIX = re.compile(r"(?<![\w+])\+[1-9](?:[\s().\-/\u2010-\u2015]{0,3}\d){6,14}(?!\d)")
_MOST_TRIES = 10_000
"""Of the matcher in one text; its own limit of 65,535 is for a telephone's screen."""


def regions() -> frozenset[str]:
    """Countries whose plans are known, as two letters (ISO 3166-1)."""
    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def phones(text: str, region: str | None) -> Iterator[Identifier]:
    """Telephone numbers in the form of E.164: those of a plan, and after a + also those that only have its length.

    Args:
        text: with ASCII digits.
        region: whose plan reads a number without a country's prefix, `IN`; None reads none.
    """
    for found in PhoneNumberMatcher(text, region or "ZZ", leniency=Leniency.VALID, max_tries=_MOST_TRIES):
        yield Identifier(found.start, found.end, Kind.PHONE, _written(found.number), Surety.KNOWN)
    for match in _WITH_PREFIX.finditer(text) if "+" in text else ():
        with suppress(NumberParseException):
            number = phonenumbers.parse(match[0])
            if phonenumbers.is_possible_number(number):
                yield Identifier(match.start(), match.end(), Kind.PHONE, _written(number), Surety.FORM)


def country_of(phone: str) -> str | None:
    """The country of a number's prefix, `IN` or `001`; it says where a number was issued, not where anybody is.

    Args:
        phone: in the form of E.164.
    """
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone))
    except NumberParseException:
        return None


def _written(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
