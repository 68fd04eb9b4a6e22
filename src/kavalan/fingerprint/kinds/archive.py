"""Archives told by their members: the ZIP family and TAR without its magic. Sources are in the table of signatures."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCAL_HEADER: Final = b"PK\3\4"
_HAS_DESCRIPTOR: Final = 8
# What the first member, stored and called `mimetype`, may claim (OpenDocument 1.3 part 2, 3.3; EPUB OCF 3.3, 4.3).
_DECLARED: Final = (
    "application/epub+zip",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet-template",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.presentation-template",
    "application/vnd.oasis.opendocument.graphics",
    "application/vnd.oasis.opendocument.formula",
    "application/vnd.oasis.opendocument.image",
    "application/vnd.oasis.opendocument.chart",
)
# Open Packaging Conventions: the folder of the main part tells the program (ECMA-376 part 2).
_OFFICE_FOLDERS: Final[dict[bytes, str]] = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_PACKAGE_PARTS: Final = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/")
_TAR_BLOCK: Final = 512
_TAR_CHECKSUM: Final = slice(148, 156)


def zip_kind(head: bytes) -> str:
    """What a ZIP holds, by the members whose headers lie within the head; `application/zip` where they tell nothing."""
    members = list(_members(head))
    names = [name for name, _ in members]
    if names[:1] == [b"mimetype"]:
        return _declared_kind(members[0][1])
    if any(name in {b"AndroidManifest.xml", b"classes.dex"} for name in names):
        return "application/vnd.android.package-archive"
    if names[:1] in ([b"META-INF/"], [b"META-INF/MANIFEST.MF"]):
        return "application/java-archive"
    if names[:1] == [b"doc.kml"]:
        return "application/vnd.google-earth.kmz"
    if names and names[0].startswith((*_PACKAGE_PARTS, *_OFFICE_FOLDERS)):
        return _office_kind(names)
    return "application/zip"


def _declared_kind(content: bytes) -> str:
    claimed = [kind for kind in _DECLARED if content.startswith(kind.encode())]
    return max(claimed, key=len, default="application/zip")


def _office_kind(names: list[bytes]) -> str:
    if not any(name.startswith(_PACKAGE_PARTS) for name in names):
        return "application/zip"  # a person may have a folder called "word"
    for name in names:
        for folder, kind in _OFFICE_FOLDERS.items():
            if name.startswith(folder):
                return kind
    return "application/zip"


def _members(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and what follows the header, for each local header in the head.

    Members of an archive inside the archive are stepped over wherever the outer header tells its own length.
    """
    at = 0
    while 0 <= at <= len(head) - 30:
        flags, size, name_length, extra_length = struct.unpack_from("<6xH10xI4xHH", head, at)
        start = at + 30 + name_length + extra_length
        yield head[at + 30 : at + 30 + name_length], head[start:]
        known = not flags & _HAS_DESCRIPTOR and size != 0xFFFFFFFF
        at = head.find(_LOCAL_HEADER, start + size if known else start)


def tar_kind(head: bytes) -> str | None:
    """TAR from before POSIX gave it a magic: its first block agrees with its own checksum (tar(5), "Old-Style")."""
    block = head[:_TAR_BLOCK]
    field = block[_TAR_CHECKSUM].strip(b" \0")
    if len(block) < _TAR_BLOCK or not block[0] or not field or field.strip(b"01234567"):
        return None
    total = sum(block) - sum(block[_TAR_CHECKSUM]) + 8 * ord(" ")
    return "application/x-tar" if total == int(field, 8) else None
