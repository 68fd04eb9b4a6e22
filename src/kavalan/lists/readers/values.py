"""Texts of hash lists into values: one strict way for all formats. Each function raises `BadValueError`."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from typing import Final

from kavalan.lists.model import Opaque

DIGEST_BYTES: Final = {"md5": 16, "sha1": 20, "sha256": 32, "pdq": 32}
PHOTODNA_BYTES: Final = 144
MAX_OPAQUE: Final = 4096
MAX_SIZE: Final = 2**62
_TRUE: Final = frozenset({"true", "yes", "y", "t", "1"})
_FALSE: Final = frozenset({"false", "no", "n", "f", "0"})


class BadValueError(ValueError):
    """A field of a list does not hold what it should; the message never quotes the value."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")


def digest(kind: str, text: object) -> bytes | None:
    """A digest from hexadecimal text in any case; None where the field is empty.

    Args:
        kind: `md5`, `sha1`, `sha256` or `pdq`.
        text: what the list holds.
    """
    if not isinstance(text, str):
        if text is None:
            return None
        raise BadValueError(kind, "text expected")
    text = text.strip()
    if not text:
        return None
    digits = 2 * DIGEST_BYTES[kind]
    if len(text) != digits:
        raise BadValueError(kind, f"{len(text)} characters instead of {digits}")
    try:
        return binascii.unhexlify(text)
    except ValueError as error:
        raise BadValueError(kind, "not hexadecimal") from error


def photodna(text: str) -> Opaque:
    """A PhotoDNA value, kept as it is: 192 characters of base64 or 288 hexadecimal digits are 144 bytes."""
    try:
        value = binascii.unhexlify(text) if len(text) == 2 * PHOTODNA_BYTES else base64.b64decode(text, validate=True)
    except ValueError as error:
        raise BadValueError("PhotoDNA", "neither base64 nor hexadecimal") from error
    if len(value) != PHOTODNA_BYTES:
        raise BadValueError("PhotoDNA", f"{len(value)} bytes instead of {PHOTODNA_BYTES}")
    return Opaque("PhotoDNA", value)


def opaque(kind: str, text: object) -> Opaque | None:
    """A fingerprint that is kept and never matched; None where the field is empty."""
    if not isinstance(text, str):
        if text is None:
            return None
        raise BadValueError(kind[:40], "text expected")
    text = text.strip()
    if not text:
        return None
    if len(text) > MAX_OPAQUE:
        raise BadValueError(kind[:40], f"{len(text)} characters are more than the {MAX_OPAQUE} kept")
    if kind.lower() == "photodna":
        return photodna(text)
    return Opaque(kind[:40], text.encode())


def boolean(value: object) -> bool:
    """A flag as bool, number or text in any case; empty, null and unknown words are False."""
    if isinstance(value, str):
        return value.strip().lower() in _TRUE
    return value is True or value == 1


def is_boolean(value: object) -> bool:
    """Whether a value is one of the known spellings of a flag, or empty."""
    if isinstance(value, str):
        return value.strip().lower() in _TRUE | _FALSE | {""}
    return value is None or isinstance(value, bool) or value in {0, 1}


def number(name: str, value: object, most: int = MAX_SIZE) -> int | None:
    """A whole number from 0 to `most`, as number or text; None where the field is empty."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and len(value) <= 20 and value.strip().isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise BadValueError(name, f"not a whole number from 0 to {most}")
    return value


def moment(name: str, text: object) -> datetime | None:
    """An ISO 8601 date-time in UTC; one without an offset is taken for UTC, None where the field is empty."""
    if text is None or text == "":
        return None
    if not isinstance(text, str) or len(text) > 40:
        raise BadValueError(name, "not an ISO 8601 date")
    try:
        value = datetime.fromisoformat(text.strip())
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadValueError(name, "not an ISO 8601 date") from error


def code(name: str, value: object) -> str | None:
    """A category code as short text; None where the field is empty."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadValueError(name, "neither number nor text")
    if isinstance(value, int) and abs(value) >= 10**9:
        raise BadValueError(name, "too long for a code")
    text = str(value).strip()
    if len(text) > 64:
        raise BadValueError(name, f"{len(text)} characters are too long for a code")
    return text or None
