"""Small rules about exhibits: classes of files, the digest of a scan."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import IntegerChoices, TextChoices

if TYPE_CHECKING:
    from collections.abc import Iterable


class Family(TextChoices):
    """What sort of file, as far as the list must tell them apart."""

    PICTURE = "picture", "pictures"
    VIDEO = "video", "videos"
    OTHER = "other", "other files"


class Listing(TextChoices):
    """Whether the source still lists an item (`kavalan.sources.State`)."""

    ALLOCATED = "allocated", "listed by its source"
    DELETED = "deleted", "deleted"
    UNKNOWN = "unknown", "not known"


class Standing(IntegerChoices):
    """What hash lists make of an item, by its strongest hit; the figures of different ones are never added up.

    From `WITHDRAWN` on there is a hit to be seen; from `NEAR` on it stands without a doubt that was found.
    """

    UNKNOWN = 0, "on no list"
    KNOWN_GOOD = 1, "part of an operating system or program"
    WITHDRAWN = 2, "withdrawn by its list"
    NEGATIVE = 3, "on a negative list"
    SUPPRESSED = 4, "suppressed by a negative list"
    CONTRADICTED = 5, "contradicted by another digest"
    HELD = 6, "held for a person"
    NEAR = 7, "near"
    MD5_ONLY = 8, "MD5 only"
    IDENTICAL = 9, "identical"


def family(kind: str | None) -> Family:
    """The family of a media type; a file of which nothing could be read (None) is an other one."""
    match (kind or "").partition("/")[0]:
        case "image":
            return Family.PICTURE
        case "video":
            return Family.VIDEO
        case _:
            return Family.OTHER


def scan_digest(batches: Iterable[bytes]) -> bytes:
    """SHA-256 over the digests of a scan's batches in their order: 32 bytes that the ledger keeps of the whole scan."""
    whole = hashlib.sha256()
    for digest in batches:
        whole.update(digest)
    return whole.digest()
