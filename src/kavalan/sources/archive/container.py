"""Which files are archives, told by content."""

from __future__ import annotations

import os
from typing import NamedTuple

from kavalan.fingerprint.kinds import HEAD_BYTES, kind_of
from kavalan.sources.archive.records import Format
from kavalan.sources.archive.ziptail import find_directory
from kavalan.sources.diskimage import image_in, unread_image
from kavalan.sources.embedded.recognised import document_in
from kavalan.sources.embedded.thumbnails import has_thumbnails
from kavalan.sources.embedded.trailermark import has_trailer

_FORMATS: dict[str, Format] = {
    "application/x-7z-compressed": "7z",
    "application/x-tar": "tar",
    "application/gzip": "gzip",
    "application/x-bzip2": "bzip2",
    "application/x-xz": "xz",
    "application/zstd": "zstd",
    "application/pdf": "pdf",
    "application/x-ole-storage": "ole",
    "application/vnd.sqlite3": "sqlite",
}
_UNREAD = {
    "application/x-rar": "RAR",
    "application/vnd.ms-cab-compressed": "Microsoft Cabinet",
    "application/x-cpio": "cpio",
    "application/x-archive": "ar",
    "application/vnd.debian.binary-package": "Debian package",
    "application/x-lz4": "lz4",
    "application/x-lzip": "lzip",
    "application/x-compress": "compress (.Z)",
    "application/vnd.ms-outlook": "Outlook data file (PST, OST)",
    "application/vnd.ms-tnef": "TNEF (winmail.dat)",
    "application/onenote": "OneNote section",
}


class Container(NamedTuple):
    """An archive.

    Attributes:
        format: how it is read, or None where it is not.
        unread: the name of a format that is not read.
        image: of a disk image, which kind.
    """

    format: Format | None
    unread: str | None = None
    image: str | None = None


def container_in(descriptor: int) -> Container | None:
    """Which archive a seekable file is or, behind something else, ends with; None for none.

    The whole family of ZIP counts: Office documents, EPUB, APK, JAR. So does a ZIP behind a program that unpacks it, or
    behind a picture that hides it.

    Raises:
        OSError: it cannot be read.
    """
    head = os.pread(descriptor, HEAD_BYTES, 0)
    return _signed(head) or _image(head, descriptor) or _held(head, descriptor) or _behind(descriptor)


def _signed(head: bytes) -> Container | None:
    """An archive, or a document, by how it begins."""
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08PK\3\4")):
        return Container("zip")
    if head.startswith(b"ANDROID BACKUP\n"):
        return Container("adb")
    kind = kind_of(head)
    if kind in _FORMATS:
        return Container(_FORMATS[kind])
    if kind in _UNREAD:
        return Container(None, _UNREAD[kind])
    document = document_in(head, kind)
    return Container(document) if document is not None else None


def _image(head: bytes, descriptor: int) -> Container | None:
    """An image of a disk."""
    image = image_in(head, descriptor)
    if image is not None:
        return Container("disk", image=image)
    unread = unread_image(head)
    return Container(None, unread) if unread is not None else None


def _held(head: bytes, descriptor: int) -> Container | None:
    """A picture with something behind it, or a cache of small pictures."""
    length = os.fstat(descriptor).st_size
    if has_trailer(descriptor, head, length):
        return Container("trailer")
    return Container("thumbnails") if has_thumbnails(descriptor, head, length) else None


def _behind(descriptor: int) -> Container | None:
    """A ZIP behind something else."""
    directory = find_directory(descriptor, os.fstat(descriptor).st_size)
    return Container("zip") if directory is not None and directory.entries else None
