"""What an upload says of itself, how long it is waited for, and how large it may be."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from kavalan.casework.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

MOST_METADATA = 8192
"""Bytes; servers before this one pass no longer header on."""

_MARK = re.compile("[0-9a-f]{64}")
_KEY = re.compile(r"[!-+\--~]+")


class MetadataError(DeskError):
    """`Upload-Metadata` is not written as tus 1.0.0 says."""


def read_metadata(header: str) -> dict[str, bytes]:
    """The pairs of `Upload-Metadata`: `key base64, key base64, key`.

    Raises:
        MetadataError: it is not written so, or has a key twice.
    """
    if len(header) > MOST_METADATA:
        message = f"Upload-Metadata has more than {MOST_METADATA} bytes"
        raise MetadataError(message)
    found: dict[str, bytes] = {}
    for pair in header.split(",") if header.strip() else ():
        key, _, value = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in found:
            raise MetadataError("Upload-Metadata has a key that is none, or twice the same")
        try:
            found[key] = base64.b64decode(value, validate=True)
        except ValueError as error:
            raise MetadataError("Upload-Metadata has a value that is not base64") from error
    return found


def text_of(metadata: Mapping[str, bytes], key: str, most: int) -> str:
    """A value as a text of at most so many characters; empty where it is absent or no text."""
    return metadata.get(key, b"").decode("utf-8", "replace").replace("\0", "").strip()[:most]


def name_of(metadata: Mapping[str, bytes]) -> bytes:
    """The file's name without its folders; a name that tells nothing where there is none."""
    name = metadata.get("filename", b"").replace(b"\\", b"/").rsplit(b"/", 1)[-1].replace(b"\0", b"")[:255]
    return b"upload" if name in {b"", b".", b".."} else name


def mark_of(metadata: Mapping[str, bytes]) -> str:
    """What the page remembers the file by; empty where that is nothing."""
    mark = metadata.get("mark", b"").decode("ascii", "replace")
    return mark if _MARK.fullmatch(mark) else ""


def whole_number(header: str | None) -> int | None:
    """A length or an offset; None where it is none."""
    return int(header) if header and header.isascii() and header.isdigit() and len(header) < 19 else None


def expires(received_at: datetime, days: int) -> datetime:
    """Until when it is waited for more."""
    return received_at + timedelta(days=days)
