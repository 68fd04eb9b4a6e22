"""The header of a message and what its fields say (RFC 5322, 2045, 2047, 2183, 2231): bytes in, bytes out.

The standard library's parser decodes names into text, guesses where it cannot, and raises a dozen things on malformed
ones. A file name here is what was written, in UTF-8 where its character set is known and as it is where not.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_PARAMETER = re.compile(rb';\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*+)"?|([^\s;]*))', re.DOTALL)
_QUOTED = re.compile(rb"\\(.)", re.DOTALL)
_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\s]*)\?=")
_BETWEEN = re.compile(rb"(\?=)\s+(?==\?)")
_PARAMETERS = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def fields_of(header: bytes) -> dict[str, bytes]:
    """The fields of a header, unfolded, the first of each name, by their names in small letters."""
    fields: dict[str, bytes] = {}
    for line in _FOLD.sub(b"", header).split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon:
            fields.setdefault(name.strip().decode("ascii", "replace").lower(), value.strip())
    return fields


def parameters_of(field: bytes) -> dict[str, bytes]:
    """The parameters of a field, continued ones put together and percent signs undone (RFC 2231)."""
    found: dict[str, bytes] = {}
    for name, quoted, bare in _PARAMETER.findall(field)[:_PARAMETERS]:
        found.setdefault(name.decode("ascii", "replace").lower(), _QUOTED.sub(rb"\1", quoted) if quoted else bare)
    plain = {name: value for name, value in found.items() if "*" not in name}
    for name in sorted({name.partition("*")[0] for name in found if "*" in name}):
        plain[name] = _continued(found, name)
    return plain


def _continued(found: dict[str, bytes], name: str) -> bytes:
    if f"{name}*" in found:
        return _charset(found[f"{name}*"], percent=True)
    whole, number = b"", 0
    while number < _PARAMETERS:
        if (coded := found.get(f"{name}*{number}*")) is not None:
            # Only the first piece names a character set.
            whole += coded if number == 0 else b"".join(_percented(unquote_to_bytes(coded)))
        elif (plain := found.get(f"{name}*{number}")) is not None:
            whole += b"".join(_percented(plain))
        else:
            break
        number += 1
    return _charset(whole, percent=f"{name}*0*" in found) if f"{name}*0*" in found else unquote_to_bytes(whole)


def _percented(value: bytes) -> list[bytes]:
    return [b"%%%02X" % byte for byte in value]


def _charset(value: bytes, *, percent: bool) -> bytes:
    charset, apostrophe, rest = value.partition(b"'")
    text = rest.partition(b"'")[2] if apostrophe else value
    return in_utf8(unquote_to_bytes(text) if percent else text, charset if apostrophe else b"")


def in_utf8(value: bytes, charset: bytes) -> bytes:
    """Text of a character set in UTF-8; as it is where that set is unknown or does not fit."""
    try:
        return value.decode(charset.decode("ascii")).encode("utf-8") if charset else value
    except (LookupError, ValueError, UnicodeError):
        return value


def words(value: bytes) -> bytes:
    """Text with its encoded words undone (RFC 2047), also where they may not stand, as many programs write names."""
    return _WORD.sub(_word, _BETWEEN.sub(rb"\1", value))


def _word(match: re.Match[bytes]) -> bytes:
    charset, coding, text = match.groups()
    try:
        if coding in b"bB":
            decoded = base64.b64decode(text + b"=" * (-len(text) % 4))
        else:
            decoded = quopri.decodestring(text, header=True)
    except (binascii.Error, ValueError):
        return match[0]
    return in_utf8(decoded, charset.partition(b"*")[0])


def moment_of(value: bytes | None) -> int | None:
    """A date of RFC 5322 in microseconds from 1970; None where it is none or in no known zone."""
    if value is None:
        return None
    try:
        moment = parsedate_to_datetime(value.decode("ascii"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        return None
    return int((moment - _EPOCH).total_seconds()) * 1_000_000
