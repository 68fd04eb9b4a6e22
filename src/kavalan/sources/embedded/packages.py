r"""Files that Windows wrapped into a document as an object: `\x01Ole10Native` ([MS-OLEDS] 2.3.6 and OLE's packager)."""

from __future__ import annotations

from typing import NamedTuple

from kavalan.sources.embedded.spans import Spans

NATIVE = "\x01Ole10Native"
_NAME = 1024


class Package(NamedTuple):
    """A file in an object.

    Attributes:
        label: its name; none where the object states none.
        original: the path that it came from.
        at: where it begins in the stream.
        size: bytes.
    """

    label: bytes
    original: bytes | None
    at: int
    size: int


def package_in(content: Spans) -> Package | None:
    """The file in a native stream, or all of what stands behind its length; None where there is none."""
    if content.size <= 4:
        return None
    return _wrapped(content) or Package(b"", None, 4, content.size - 4)


def _wrapped(content: Spans) -> Package | None:
    """Two, label and path, eight bytes, the length of a path and the path, the length of the file and the file."""
    if content.read(4, 2) != b"\2\0":
        return None
    label, at = _text(content, 6)
    original, at = _text(content, at)
    if label is None or original is None:
        return None
    at += 4
    at += 4 + int.from_bytes(content.read(at, 4), "little")
    size = int.from_bytes(content.read(at, 4), "little")
    if at + 4 + size > content.size:
        return None
    return Package(label, original.replace(b"\\", b"/") or None, at + 4, size)


def _text(content: Spans, at: int) -> tuple[bytes | None, int]:
    text, end, _ = content.read(at, _NAME).partition(b"\0")
    return (text if end else None), at + len(text) + 1
