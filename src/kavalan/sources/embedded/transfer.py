"""How mail carries bytes as text (RFC 2045, 6; uuencode of POSIX.1-2017), undone piece by piece."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterable, Iterator

from kavalan.sources.archive.passage import DamagedError

_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_PADDING = re.compile(rb"=+")
_LINE_BYTES = 1 << 20


def carried(pieces: Iterable[bytes], encoding: bytes) -> Iterator[bytes]:
    """The bytes of a body.

    Args:
        pieces: the body as it stands in the message.
        encoding: its `Content-Transfer-Encoding` in small letters; what is unknown is taken as it is.

    Raises:
        DamagedError: it is not so encoded.
    """
    if encoding == b"base64":
        return _base64(pieces)
    if encoding == b"quoted-printable":
        return _quoted(pieces)
    if encoding in {b"x-uuencode", b"x-uue", b"uuencode"}:
        return uudecoded(_behind_begin(lines(pieces)))
    return iter(pieces)


def _base64(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Base64 with anything between its letters; padding ends a run, behind which another may begin."""
    held = b""
    for piece in pieces:
        held += piece.translate(None, _NOT_BASE64)
        at = 0
        for padding in _PADDING.finditer(held):
            if padding.end() == len(held):
                break
            yield _run(held[at : padding.start()])
            at = padding.end()
        held = held[at:]
        if b"=" not in held:
            whole = len(held) & ~3
            yield binascii.a2b_base64(held[:whole])
            held = held[whole:]
    yield _run(held.partition(b"=")[0])


def _run(letters: bytes) -> bytes:
    if len(letters) % 4 == 1:
        raise DamagedError("its base64 ends within a byte")
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _quoted(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines(pieces):
        yield quopri.decodestring(line)


def lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their ends; one that is endless is cut."""
    held = b""
    for piece in pieces:
        *whole, held = (held + piece).splitlines(keepends=True) or [b""]
        yield from whole
        # A carriage return at the end of a piece may be half of the line's end.
        if held.endswith(b"\n") or len(held) > _LINE_BYTES:
            yield held
            held = b""
    if held:
        yield held


def _behind_begin(text: Iterator[bytes]) -> Iterator[bytes]:
    for line in text:
        if line.startswith(b"begin "):
            break
    yield from text


def uudecoded(text: Iterable[bytes]) -> Iterator[bytes]:
    """Lines behind `begin`, up to `end`.

    Raises:
        DamagedError: a line is none of uuencode, or `end` does not come.
    """
    for line in text:
        stripped = line.rstrip(b"\r\n")
        if stripped in {b"end", b"`", b""}:
            if stripped == b"end":
                return
            continue
        try:
            yield _uuline(stripped)
        except binascii.Error as error:
            raise DamagedError(f"a line of it is not uuencoded: {error}") from error
    raise DamagedError("its uuencoded lines have no end")


def _uuline(line: bytes) -> bytes:
    """One line; some writers put more behind it than its length says (the standard library's advice)."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return binascii.a2b_uu(line[: ((line[0] - 32 & 63) * 4 + 5) // 3 + 1])
