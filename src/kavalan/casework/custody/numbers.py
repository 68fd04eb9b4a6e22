"""Numbers that things carry, and the number that the desk gives each: with a check digit against slips of the eye."""

from __future__ import annotations

import re
import secrets

from django.utils.translation import gettext as _

from kavalan.identifiers import luhn_holds

_BETWEEN = re.compile(r"[\s\-/.]+")
_LABEL = re.compile(r"\d{12}")
_PREFIX = "KV"


def digits_of(text: str) -> str:
    """A number as it is compared: without the spaces, hyphens, slashes and dots that people put between."""
    return _BETWEEN.sub("", text)


def imei_fault(text: str) -> str | None:
    """Why that is no IMEI (3GPP TS 23.003, 6.2: fifteen digits, the last by ISO/IEC 7812-1), None where it is one."""
    number = digits_of(text)
    if not (number.isascii() and number.isdigit() and len(number) == 15):
        return _("An IMEI has fifteen digits; *#06# shows it.")
    if not luhn_holds(number) or len(set(number)) == 1:
        return _("The last digit of this IMEI does not fit the others: look again.")
    return None


def iccid_fault(text: str) -> str | None:
    """Why that is no number of a SIM card (ITU-T E.118: begins with 89, 19 or 20 digits, the last one checks)."""
    number = digits_of(text)
    if not (number.isascii() and number.isdigit() and len(number) in {19, 20} and number.startswith("89")):
        return _("A SIM card's number has 19 or 20 digits and begins with 89.")
    if not luhn_holds(number):
        return _("The last digit of this SIM card's number does not fit the others: look again.")
    return None


def new_label() -> str:
    """A number for a label: ten digits of chance and two that check them (ISO/IEC 7064, MOD 97-10)."""
    body = f"{secrets.randbelow(10**10):010}"
    return body + _check(body)


def label_in(text: str) -> str | None:
    """The label's number out of what was scanned or typed, None where it is none or a digit is wrong."""
    number = digits_of(text.strip().upper().removeprefix(_PREFIX))
    return number if _LABEL.fullmatch(number) and _check(number[:10]) == number[10:] else None


def label_text(number: str) -> str:
    """What the label's code holds and its print shows: it tells nothing but itself."""
    return " ".join([_PREFIX, *(number[at : at + 4] for at in range(0, len(number), 4))])


def _check(body: str) -> str:
    return f"{98 - int(body) * 100 % 97:02}"
