"""Finding what a text names people, accounts, places and payments by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kavalan.identifiers import coins
from kavalan.identifiers.fold import ascii_digits
from kavalan.identifiers.links import links
from kavalan.identifiers.model import Identifier, Kind, Surety
from kavalan.identifiers.names import emails, handles, upi_addresses
from kavalan.identifiers.numbers import addresses, devices, digests, payments
from kavalan.identifiers.phones import WORTH, phones

if TYPE_CHECKING:
    from collections.abc import Iterator

# Most messages name nothing: these two looks are all that they cost. The first goes from sign to sign, and asks behind
# each what an identifier would have there; the second finds what is only letters and digits.
_SIGN = re.compile(
    r"[@:.\d](?:(?<=@)|(?<=:)(?://|[0-9A-Fa-f]*:)|(?<=tg:)|(?<=\w\.)\w"
    r"|(?<=\d)(?:\d{5}|(?:[\s().\-/\u2010-\u2015]{0,3}\d){6}))"
)
_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{26}")
_LONG_DIGITS = re.compile(r"\d{9}|\d{6}-\d")
_COIN = re.compile(
    r"(?<!\w)(?:0x[0-9A-Fa-f]{40}|[13T][1-9A-HJ-NP-Za-km-z]{25,34}|[Bb][Cc]1[0-9A-Za-z]{11,71}"
    r"|[48][1-9A-HJ-NP-Za-km-z]{94}(?:[1-9A-HJ-NP-Za-km-z]{11})?)(?!\w)"
)
_SHORTEST_COIN = 26
_WORD = re.compile(rf"\w{{{_SHORTEST_COIN}}}")


def find(text: str, *, region: str | None = "IN") -> list[Identifier]:
    """Everything that a text names, in its order and without overlaps.

    Where two readings overlap the stronger one stands: a coin's address or a digest before a number, a link before the
    host or the telephone number in it. Linear in the length of the text.

    Args:
        text: a message, a page, a line of a table.
        region: whose numbering plan reads telephone numbers without a country's prefix; None reads none of them.
    """
    if not _SIGN.search(text) and not _RUN.search(text):
        return []
    text = ascii_digits(text)
    taken = bytearray(len(text))
    kept = []
    for found in _readings(text, region):
        span = slice(found.start, found.end)
        if not any(taken[span]):
            taken[span] = b"\1" * (found.end - found.start)
            kept.append(found)
    return sorted(kept)


def _readings(text: str, region: str | None) -> Iterator[Identifier]:
    """All readings, the stronger before the weaker."""
    if _WORD.search(text):
        yield from _coins(text)
        yield from digests(text)
    at = "@" in text
    if at:
        yield from emails(text)
    if "." in text or ":" in text:
        yield from addresses(text)
        yield from links(text)
    if at:
        yield from upi_addresses(text)
        yield from handles(text)
    if _LONG_DIGITS.search(text):
        yield from devices(text)
        yield from payments(text)
    if WORTH.search(text):
        yield from phones(text, region)


def _coins(text: str) -> Iterator[Identifier]:
    for found in _COIN.finditer(text):
        start, end, said = found.start(), found.end(), found[0]
        if said.startswith("0x"):
            if (address := coins.ethereum(said)) is not None:
                yield Identifier(start, end, Kind.ETHEREUM, *address)
        elif value := coins.monero(said) if said[0] in "48" else None:
            yield Identifier(start, end, Kind.MONERO, value, Surety.CHECKED)
        elif value := coins.tron(said) if said[0] == "T" else None:
            yield Identifier(start, end, Kind.TRON, value, Surety.CHECKED)
        elif value := coins.bitcoin(said):
            yield Identifier(start, end, Kind.BITCOIN, value, Surety.CHECKED)
