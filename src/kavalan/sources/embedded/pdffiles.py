"""Files that a PDF carries: attachments, portfolios, what stands behind a clip (ISO 32000-2, 7.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pikepdf

_NESTED = 6
_DATE = re.compile(
    rb"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+\-Z])(\d\d)?'?(\d\d)?'?)?",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Attached(NamedTuple):
    """A file in a PDF.

    Attributes:
        name: as the document spells it, in UTF-8.
        stream: its content.
        created: microseconds from 1970 in UTC.
        modified: likewise.
        local: the times are in an unknown zone.
        md5: what the document says its MD5 is.
    """

    name: bytes
    stream: pikepdf.Object
    created: int | None = None
    modified: int | None = None
    local: bool = False
    md5: bytes | None = None


def files_in(value: object, depth: int = 0) -> Iterator[Attached]:
    """Files of the file specifications within one object; what it only refers to is an object of its own."""
    if depth > _NESTED:
        return
    if isinstance(value, pikepdf.Array):
        members: Iterator[object] = iter(value)
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        yield from _specified(value)
        members = (value.get(key) for key in value.keys())  # noqa: SIM118 - not a mapping of Python's
    else:
        return
    for member in members:
        if isinstance(member, (pikepdf.Array, pikepdf.Dictionary)) and not member.is_indirect:
            yield from files_in(member, depth + 1)


def _specified(specification: pikepdf.Object) -> Iterator[Attached]:
    embedded = specification.get("/EF")
    if not isinstance(embedded, pikepdf.Dictionary):
        return
    name = next(
        (_text(value) for key in ("/UF", "/F", "/Unix", "/Mac", "/DOS") if (value := specification.get(key))), b""
    )
    seen = set()
    for key in ("/UF", "/F", "/Unix", "/Mac", "/DOS"):
        stream = embedded.get(key)
        if isinstance(stream, pikepdf.Stream) and stream.objgen not in seen:
            seen.add(stream.objgen)
            yield attached(name, stream)


def attached(name: bytes, stream: pikepdf.Object) -> Attached:
    """A file with what its stream states of it."""
    stated = stream.get("/Params")
    if not isinstance(stated, pikepdf.Dictionary):
        return Attached(name, stream)
    created, modified = _moment(stated.get("/CreationDate")), _moment(stated.get("/ModDate"))
    local = any(moment is not None and moment[1] for moment in (created, modified))
    digest = stated.get("/CheckSum")
    md5 = bytes(digest) if isinstance(digest, pikepdf.String) else b""
    return Attached(
        name,
        stream,
        created[0] if created else None,
        modified[0] if modified else None,
        local,
        md5 if len(md5) == 16 else None,
    )


def _text(value: object) -> bytes:
    """A name in UTF-8, or as it is where it is no text."""
    if not isinstance(value, pikepdf.String):
        return b""
    try:
        return str(value).encode("utf-8", "surrogatepass")
    except (UnicodeError, ValueError):
        return bytes(value)


def _moment(value: object) -> tuple[int, bool] | None:
    """A date (ISO 32000-2, 7.9.4) in microseconds from 1970, and whether its zone is not stated."""
    match = _DATE.match(bytes(value)) if isinstance(value, pikepdf.String) else None
    if match is None:
        return None
    year, month, day, hour, minute, second = (
        int(each or usual) for each, usual in zip(match.groups()[:6], (0, 1, 1, 0, 0, 0), strict=True)
    )
    sign, hours, minutes = match.groups()[6:]
    ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * {b"+": 1, b"-": -1}.get(sign, 0)
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC) - ahead
    except (ValueError, OverflowError):
        return None
    return (moment - _EPOCH) // timedelta(microseconds=1), sign is None
