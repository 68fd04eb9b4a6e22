"""Fingerprints as people type them: hex digits, told apart by their length or by what stands before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kavalan.lists import Entry, Subject

_BY_LENGTH = {32: "md5", 40: "sha1", 64: "sha256"}
_WIDTHS = {"md5": 16, "sha1": 20, "sha256": 32, "pdq": 32}


def parse(text: str) -> tuple[str, bytes]:
    """What kind of fingerprint a text is, and its bytes.

    Args:
        text: `KIND:HEX` with KIND one of md5, sha1, sha256, pdq; or plain hex, where 64 digits are a SHA-256.

    Raises:
        ValueError: it is none; the text says what is understood.
    """
    kind, named, digits = text.rpartition(":")
    kind = kind.lower() if named else _BY_LENGTH.get(len(digits), "")
    try:
        value = bytes.fromhex(digits)
    except ValueError:
        value = b""
    if kind not in _WIDTHS or len(value) != _WIDTHS[kind]:
        raise ValueError(f"{text!r} is no fingerprint: give MD5, SHA-1 or SHA-256 in hex, or pdq: and 64 hex digits")
    return kind, value


def looks_typed(text: str) -> bool:
    """Whether a text is meant as a fingerprint and not as a file."""
    try:
        parse(text)
    except ValueError:
        return False
    return True


def entry_of(text: str, position: int) -> Entry:
    """The entries of a list that a text names: a fingerprint, or `key:` and the owner's id.

    Raises:
        ValueError: it names none.
    """
    from msgspec.structs import replace

    from kavalan.lists import Entry

    if text.startswith("key:"):
        return Entry(position=position, key=text.removeprefix("key:"))
    kind, value = parse(text)
    return replace(Entry(position=position), **{kind: value})


def subject_of(text: str, number: int) -> Subject:
    """The content that a fingerprint stands for.

    Raises:
        ValueError: it is none.
    """
    from msgspec.structs import replace

    from kavalan.lists import Subject

    kind, value = parse(text)
    return replace(Subject(id=number), **{kind: value})
