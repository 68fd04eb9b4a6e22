"""Stable keys: a newer reader gives the same, so that what a person decided stays where it belongs."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

from kavalan.identifiers import fold

_LONGEST: Final = 200


def conversation_key(platform: str, source: str, native: str) -> str:
    """Of a conversation: by its number on the platform where the export has it, else by the source.

    Args:
        platform: of which messenger.
        source: SHA-256 of the source, in hexadecimal digits.
        native: the conversation's number; empty where there is none.
    """
    return _key("conversation", platform, native or source)


def account_key(platform: str, kind: str, native: str, conversation: str) -> str:
    """Of an account: by number or id alone, for they are the same everywhere; a name only within its conversation."""
    if kind in {"phone", "id"}:
        return _key("account", platform, kind, native)
    return _key("account", platform, kind, conversation, normal_name(native))


def message_key(source: str, offset: int, native: str) -> str:
    """Of a message: the source and its number there, or the place of its first byte."""
    return f"{source}:{native or offset}"


def native_key(chat: str, message: str) -> str:
    """A message's number in its source, `chat/message`; one longer than any messenger's by its digest."""
    native = f"{chat}/{message}"
    return native if len(native) <= _LONGEST else hashlib.sha256(native.encode("utf-8", "backslashreplace")).hexdigest()


def normal_name(name: str) -> str:
    """A name as it is compared: composed, folded, without signs of direction and with single spaces."""
    return " ".join(fold(unicodedata.normalize("NFC", name)).split())


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
