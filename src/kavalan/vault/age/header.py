"""The header of an age file: which keys open it, under a code that shows any change.

    age-encryption.org/v1
    -> X25519 TEyLP2ZEHXi2KULTKIHd8s0TGHFQ2SDFlkIYbGV7RAU
    c7pHr...                                              (base64, 64 characters a line, the last line shorter)
    --- fgMiVLJHMlg9fW7CVG/hPS5EAU4Zeg19LyCP7SoH5nA       (HMAC-SHA-256 of all up to and with the three dashes)

Source: C2SP, "The age file encryption format", version 1. One text for one meaning: base64 without padding, no line
longer than it may be, no white space that is not asked for. What is written otherwise is refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import TYPE_CHECKING, Final, NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kavalan.vault.errors import AlteredError, NotAgeError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_HEADER: Final = 64 << 10
"""No header of ours has 1 KiB; beyond this one it is hostile. The specification sets no bound."""

FILE_KEY_BYTES: Final = 16
_VERSION: Final = b"age-encryption.org/v1"
_LINE: Final = 64
_VISIBLE: Final = frozenset(range(33, 127))


class Stanza(NamedTuple):
    """The file key, wrapped for one recipient.

    Attributes:
        kind: what kind of recipient: `X25519`, `scrypt`, or one that we do not know and pass over.
        arguments: what else its first line says.
        body: its bytes.
    """

    kind: str
    arguments: tuple[str, ...]
    body: bytes


class Header(NamedTuple):
    """A header as it was read; its code is not checked yet.

    Attributes:
        stanzas: at least one.
        code: 32 bytes.
        text: what the code is of.
        size: bytes from the start of the file to the end of the header.
    """

    stanzas: tuple[Stanza, ...]
    code: bytes
    text: bytes
    size: int


def write_header(file_key: bytes, stanzas: Sequence[Stanza]) -> bytes:
    """The header of a file with this key."""
    text = b"\n".join([_VERSION, *(_stanza_text(stanza) for stanza in stanzas), b"---"])
    return text + b" " + to_base64(_code(file_key, text)).encode() + b"\n"


def read_header(head: bytes, where: object) -> Header:
    """The header at the beginning of a file.

    Args:
        head: the first `MAX_HEADER` bytes, or all of a shorter file.
        where: the file, for errors.

    Raises:
        NotAgeError: there is none, or it is not written as it must be.
    """
    lines = _Lines(head, where)
    if lines.take() != _VERSION:
        raise NotAgeError(where, "is not an age file of version 1")
    stanzas: list[Stanza] = []
    while (line := lines.take()).startswith(b"-> "):
        stanzas.append(_read_stanza(line, lines))
    if not stanzas or not line.startswith(b"--- "):
        raise lines.wrong("a stanza or the code is missing")
    code = lines.base64(line[4:])
    if len(code) != 32:
        raise lines.wrong("its code has not 32 bytes")
    return Header(tuple(stanzas), code, head[: lines.start + 3], lines.end)


def check_header(header: Header, file_key: bytes, where: object) -> None:
    """Hold a header against its code.

    Raises:
        AlteredError: it is not the header that was written with this file key.
    """
    if not hmac.compare_digest(_code(file_key, header.text), header.code):
        raise AlteredError(where, "its header was altered; restore it from a backup")


def to_base64(data: bytes) -> str:
    """Base64 without padding."""
    return base64.b64encode(data).rstrip(b"=").decode("ascii")


def from_base64(text: bytes) -> bytes:
    """The bytes of base64 without padding, in its one canonical form.

    Raises:
        ValueError: it is written in another form.
    """
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if base64.b64encode(data).rstrip(b"=") != text:
        message = "not canonical"
        raise ValueError(message)
    return data


def derive(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA-256 to 32 bytes (RFC 5869), as age derives all of its keys."""
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


class _Lines:
    """The lines of a header, one after another; `start` and `end` are those of the last one."""

    def __init__(self, head: bytes, where: object) -> None:
        self._head, self._where = head, where
        self.start = self.end = 0

    def take(self) -> bytes:
        stop = self._head.find(b"\n", self.end, MAX_HEADER)
        if stop < 0:
            raise NotAgeError(self._where, "is not an age file, or its header is cut")
        self.start, self.end = self.end, stop + 1
        return self._head[self.start : stop]

    def base64(self, text: bytes) -> bytes:
        try:
            return from_base64(text)
        except ValueError as error:
            raise self.wrong("base64 in another form than age writes") from error

    def wrong(self, what: str) -> NotAgeError:
        return NotAgeError(self._where, f"its header is wrong at byte {self.start}: {what}")


def _read_stanza(line: bytes, lines: _Lines) -> Stanza:
    words = line[3:].split(b" ")
    if not all(word and set(word) <= _VISIBLE for word in words):
        raise lines.wrong("a stanza's first line has an empty or unprintable word")
    body = bytearray()
    while len(part := lines.take()) == _LINE:
        body += part
    if len(part) > _LINE:
        raise lines.wrong("a stanza has a line of more than 64 characters")
    kind, *arguments = (word.decode("ascii") for word in words)
    return Stanza(kind, tuple(arguments), lines.base64(bytes(body) + part))


def _stanza_text(stanza: Stanza) -> bytes:
    body = to_base64(stanza.body)
    # A last line that is full is followed by an empty one.
    lines = [body[at : at + _LINE] for at in range(0, len(body) + 1, _LINE)]
    return "\n".join([" ".join(["->", stanza.kind, *stanza.arguments]), *lines]).encode("ascii")


def _code(file_key: bytes, text: bytes) -> bytes:
    return hmac.digest(derive(file_key, b"", b"header"), text, hashlib.sha256)
