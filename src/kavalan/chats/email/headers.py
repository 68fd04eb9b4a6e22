"""The headers of a message, as somebody wrote them: each may be anything."""

from __future__ import annotations

import re
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.sandbox import storable

if TYPE_CHECKING:
    from email.message import Message as Mail

_LONGEST: Final = 1 << 16
_FOLD: Final = re.compile(r"\r?\n[ \t]*|\r")
_ID: Final = re.compile(r"<([^<>\s]{1,500})>")
_ADDRESS: Final = re.compile(r'(?:"(?:[^"\\]|\\.)*+"|<[^<>]*+>|\([^()]*+\)|[^,;])++')
_BRACKETED: Final = re.compile(r"<([^<>]*)>")
_QUOTED: Final = re.compile(r'^"(.*)"$', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)")
_LONGEST_NAME: Final = 320
"""Of an address (RFC 5321), and enough of a name."""
_MOST_ADDRESSES: Final = 1000


class Address(NamedTuple):
    """Somebody in a header.

    Attributes:
        name: as shown; empty where only the address is.
        address: in lower case; empty where there is none.
    """

    name: str
    address: str


def decoded(said: str) -> str:
    """Words in another encoding, decoded where they can be (RFC 2047)."""
    if "=?" not in said:
        return storable(said)
    try:
        return storable(str(make_header(decode_header(said))))
    except (HeaderParseError, LookupError, ValueError):
        return storable(said)


def header(mail: Mail, name: str) -> str:
    """A header's text; empty for none."""
    said = _FOLD.sub(" ", _raw(mail, name)).strip()
    if not said.isascii():
        # Bytes of no declared encoding; today's programs write UTF-8.
        said = said.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    return decoded(said)


def addresses(mail: Mail, name: str) -> list[Address]:
    """Who is named in a header: `Asha <asha@example.org>`, `asha@example.org (Asha)`.

    The library's own reader of addresses ends in recursion over brackets within brackets.
    """
    found = []
    for one in islice(_ADDRESS.finditer(_FOLD.sub(" ", _raw(mail, name))), _MOST_ADDRESSES):
        said = one[0].strip()
        if found_address := _BRACKETED.search(said):
            shown, address = said[: found_address.start()].rpartition(":")[2], found_address[1]
        else:
            address, _, shown = said.partition("(")
            address = address.rpartition(":")[2]
        shown = _QUOTED.sub(r"\1", shown.strip().rstrip(")"))
        shown = _ESCAPE.sub(r"\1", shown)
        if shown or address.strip():
            found.append(Address(decoded(shown)[:_LONGEST_NAME], storable(address.strip().lower())[:_LONGEST_NAME]))
    return found


def ids(mail: Mail, name: str) -> list[str]:
    """The numbers of messages in a header, without their brackets."""
    return [storable(one) for one in _ID.findall(_raw(mail, name))]


def sent(mail: Mail) -> tuple[datetime | None, str]:
    """When it was sent, by the sender's word, with the zone where one is said; and how that is written."""
    said = header(mail, "Date")
    try:
        return parsedate_to_datetime(said), said
    except (ValueError, TypeError, IndexError, OverflowError):
        return None, said


def _raw(mail: Mail, name: str) -> str:
    wanted = name.lower()
    return next((str(value)[:_LONGEST] for key, value in mail.raw_items() if key.lower() == wanted), "")
