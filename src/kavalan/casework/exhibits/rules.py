"""Small rules about exhibits: classes of files, safe paths, the digest of a scan."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import TextChoices

if TYPE_CHECKING:
    from collections.abc import Iterable


class Family(TextChoices):
    """What sort of file, as far as the list must tell them apart."""

    PICTURE = "picture", "pictures"
    VIDEO = "video", "videos"
    OTHER = "other", "other files"


def family(kind: str | None) -> Family:
    """The family of a media type; a file of which nothing could be read (None) is an other one."""
    match (kind or "").partition("/")[0]:
        case "image":
            return Family.PICTURE
        case "video":
            return Family.VIDEO
        case _:
            return Family.OTHER


def shown_path(path: bytes) -> str:
    r"""A path as one line of harmless text, different for different paths.

    Bytes that are not UTF-8 become `\xNN`; characters that do not print, such as those that turn the direction of
    writing, become `\uNNNN`; a backslash is doubled.
    """
    text = path.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else _escaped(ord(char)) for char in text)


def scan_digest(batches: Iterable[bytes]) -> bytes:
    """SHA-256 over the digests of a scan's batches in their order: 32 bytes that the ledger keeps of the whole scan."""
    whole = hashlib.sha256()
    for digest in batches:
        whole.update(digest)
    return whole.digest()


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
