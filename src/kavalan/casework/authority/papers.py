"""Taking the file of an authority's paper: what kinds, how large, told from what the bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.conf import settings

from kavalan.casework.errors import RefusedError
from kavalan.casework.vault.store import put
from kavalan.fingerprint.kinds import HEAD_BYTES, kind_of

if TYPE_CHECKING:
    from typing import BinaryIO

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from kavalan.vault import Stored

KINDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/webp": "WebP",
    "image/heic": "HEIC",
    "text/plain": "text",
}
"""What a paper comes as: a scan, a photograph, a letter. Nothing that a program would run."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper that lies in the vault and is not entered yet.

    Attributes:
        stored: as the vault took it.
        media_type: as its content was recognised.
        title: what it is, without a name; empty for the paper itself.
    """

    stored: Stored
    media_type: str
    title: str = ""


def most_megabytes() -> int:
    """How large an upload may be. It is held in memory until it lies encrypted in the vault, never on a disk."""
    return settings.FILE_UPLOAD_MAX_MEMORY_SIZE // 1_000_000


def is_oversized(request: HttpRequest) -> bool:
    """Whether what was sent is more than is taken: Django then drops files and says nothing, so the page must."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def take(upload: UploadedFile[bytes], title: str = "") -> Taken:
    """Put an uploaded paper into the vault, for a verb to enter it.

    Raises:
        RefusedError: it is empty or of no kind in which papers come, or the vault does not take it.
    """
    kind = kind_of(upload.read(HEAD_BYTES))
    if not upload.size or kind not in KINDS:
        message = f"This file is no paper of these kinds: {', '.join(KINDS.values())}. Scan it, or print it to a PDF."
        raise RefusedError(message)
    upload.seek(0)
    # Django says only that it can be read; it holds memory, which is a binary file like any other.
    return Taken(put(cast("BinaryIO", upload.file)), kind, title)
