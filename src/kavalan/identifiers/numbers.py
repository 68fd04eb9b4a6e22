"""Numbers that name something: network addresses, devices, bank accounts, payments, digests of files."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from kavalan.identifiers.model import Identifier, Kind, Surety

if TYPE_CHECKING:
    from collections.abc import Iterator

_IPV4 = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?(?![\w:]|\.\d)")
_IPV6 = re.compile(
    r"(?<![\w:.])(?:\[([0-9A-Fa-f:.]{2,45})\]:(\d{1,5})|([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44}))(?![\w:])"
)
_LAST_PORT = 65535
_IMEI = re.compile(r"(?<![\w-])(\d{15}|\d{2}-\d{6}-\d{6}-\d|\d{6}-\d{2}-\d{6}-\d)(?![\w-])")
_IFSC = re.compile(r"(?<!\w)[A-Za-z]{4}0[A-Za-z0-9]{6}(?!\w)", re.ASCII)
_NEAR = 30
"""Characters before a number in which a word may say what it is."""
_RRN = re.compile(r"(?<![\w.-])\d{12}(?![\w-])")
_RRN_WORD = re.compile(r"\b(?:rrn|utr|upi|ref(?:erence)?|txn|transaction)\b", re.IGNORECASE)
_ACCOUNT = re.compile(r"(?<![\w.+-])\d{9,18}(?![\w-])")
_ACCOUNT_WORD = re.compile(r"\b(?:a/?c|acc(?:oun)?t|account)\b", re.IGNORECASE)
_HEX = re.compile(r"(?<![\w-])(?:[0-9A-Fa-f]{32}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})(?![\w-])")
_ALGORITHM = {32: "md5", 40: "sha1", 64: "sha256"}


def addresses(text: str) -> Iterator[Identifier]:
    """IP addresses of both versions in their shortest form, with the port as detail where one is said."""
    for found in [*_IPV4.finditer(text), *(_IPV6.finditer(text) if text.count(":") > 1 else ())]:
        said, port = (found[1], found[2]) if found[1] else (found[3].rstrip("."), None)
        try:
            value = str(ipaddress.ip_address(said))
        except ValueError:
            continue
        end = found.start() + (len(found[0]) if found[1] else len(said))
        if port is None or int(port) <= _LAST_PORT:
            yield Identifier(found.start(), end, Kind.IP, value, Surety.FORM, port or "")


def devices(text: str) -> Iterator[Identifier]:
    """IMEIs: fifteen digits whose last one is right."""
    for found in _IMEI.finditer(text):
        digits = found[0].replace("-", "")
        if luhn_holds(digits) and len(set(digits)) > 1:
            yield Identifier(found.start(), found.end(), Kind.IMEI, digits, Surety.CHECKED)


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the one that the others ask for (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def payments(text: str) -> Iterator[Identifier]:
    """Bank accounts, branches and references of payments, where words beside them say so."""
    branches = [Identifier(m.start(), m.end(), Kind.IFSC, m[0].upper(), Surety.FORM) for m in _IFSC.finditer(text)]
    yield from branches
    for found in _RRN.finditer(text):
        if _says(_RRN_WORD, text, found):
            yield Identifier(found.start(), found.end(), Kind.RRN, found[0], Surety.FORM)
    for found in _ACCOUNT.finditer(text):
        if _says(_ACCOUNT_WORD, text, found):
            branch = branches[0].value if len(branches) == 1 else ""
            yield Identifier(found.start(), found.end(), Kind.BANK_ACCOUNT, found[0], Surety.FORM, branch)


def digests(text: str) -> Iterator[Identifier]:
    """Digests of files in hex, told apart by their length."""
    for found in _HEX.finditer(text):
        if not found[0].isdecimal():
            value = found[0].lower()
            yield Identifier(found.start(), found.end(), Kind.HASH, value, Surety.FORM, _ALGORITHM[len(value)])


def _says(word: re.Pattern[str], text: str, found: re.Match[str]) -> bool:
    return word.search(text, max(0, found.start() - _NEAR), found.start()) is not None
