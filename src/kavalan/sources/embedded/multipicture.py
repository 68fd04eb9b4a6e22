"""The segments of a JPEG, and what two of them say of pictures and videos behind it.

Segments: ITU-T T.81, B.1. Further pictures: CIPA DC-007 (Multi-Picture Format). Videos: the XMP of Google's motion
photo format 1.0 (developer.android.com/media/platform/motion-photo-format) and of its predecessor, MicroVideo.
"""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

_SEGMENTS = 500
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MPF = b"MPF\0"
_ENTRIES_TAG, _ENTRY = 0xB002, 16
_PICTURES = 1000
_KINDS = {
    0x010001: "large thumbnail",
    0x010002: "large thumbnail",
    0x010003: "large thumbnail",
    0x010004: "large thumbnail",
    0x010005: "large thumbnail",
    0x020001: "part of a panorama",
    0x020002: "disparity",
    0x020003: "another angle",
    0x040000: "preserved original",
    0x050000: "gain map",
}
_VALUE = rb"\s*(?:=\s*[\"']|>)\s*"
_OFFSET = re.compile(rb"MicroVideoOffset" + _VALUE + rb"(\d{1,15})")
_SEMANTIC = re.compile(rb":Semantic" + _VALUE + rb"(\w{1,40})")
_LENGTH = re.compile(rb":Length" + _VALUE + rb"(\d{1,15})")
_PADDING = re.compile(rb":Padding" + _VALUE + rb"(\d{1,15})")


class Part(NamedTuple):
    """Bytes behind a picture that it says are another.

    Attributes:
        start: where they begin in the file.
        end: where they end.
        name: what it is called, without an ending.
        remark: what the picture says it is, where it says so.
    """

    start: int
    end: int
    name: bytes
    remark: str | None = None


class Segment(NamedTuple):
    """A segment of a JPEG: its marker, where its content begins, its content."""

    marker: int
    start: int
    content: bytes


def segments(descriptor: int) -> Iterator[Segment]:
    """The segments of applications before the picture's own data begin."""
    at = 2
    for _ in range(_SEGMENTS):
        head = os.pread(descriptor, 4, at)
        if len(head) < 4 or head[0] != 0xFF or head[1] == 0xDA:
            return
        size = int.from_bytes(head[2:4], "big")
        if 0xE1 <= head[1] <= 0xE2:
            yield Segment(head[1], at + 4, os.pread(descriptor, max(0, size - 2), at + 4))
        at += 2 + max(2, size)


def stated_parts(descriptor: int, length: int) -> Iterator[Part]:
    """What a JPEG says of the bytes behind it; whether they are that, is not looked at."""
    for segment in segments(descriptor):
        if segment.content.startswith(_MPF):
            yield from _further(segment.content[4:], segment.start + 4)
        elif segment.content.startswith(_XMP):
            yield from _google(segment.content, length)


def _further(index: bytes, base: int) -> Iterator[Part]:
    """The entries of a Multi-Picture index but the first, which is the picture itself (5.2.3)."""
    order = {b"II": "<", b"MM": ">"}.get(index[:2])
    if order is None or len(index) < 8:
        return
    (at,) = struct.unpack_from(f"{order}L", index, 4)
    if at + 2 > len(index):
        return
    (count,) = struct.unpack_from(f"{order}H", index, at)
    for field in range(at + 2, min(at + 2 + 12 * count, len(index) - 11), 12):
        tag, _, size, value = struct.unpack_from(f"{order}HHLL", index, field)
        if tag == _ENTRIES_TAG:
            entries = index[value : value + min(size, _ENTRY * _PICTURES)]
            yield from _entries(entries, order, base)


def _entries(entries: bytes, order: str, base: int) -> Iterator[Part]:
    for number, at in enumerate(range(0, len(entries) - _ENTRY + 1, _ENTRY), 1):
        attributes, size, offset = struct.unpack_from(f"{order}LLL", entries, at)
        if offset and size:
            kind = _KINDS.get(attributes & 0xFFFFFF)
            remark = f"stated to be: {kind}" if kind else None
            yield Part(base + offset, base + offset + size, b"mpf %d" % number, remark)


def _google(packet: bytes, length: int) -> Iterator[Part]:
    """Videos and pictures that stand at the end of the file in the order of the list."""
    old = _OFFSET.search(packet)
    if old is not None and int(old[1]):
        yield Part(length - int(old[1]), length, b"motion photo")
    end, items = length, [item for item in packet.split(b":li")[1::2] if _SEMANTIC.search(item)]
    for number in range(len(items), 1, -1):
        semantic, size, padding = (found.search(items[number - 1]) for found in (_SEMANTIC, _LENGTH, _PADDING))
        start = end - (int(size[1]) if size else 0)
        name = b"motion photo" if semantic and semantic[1] == b"MotionPhoto" else b"xmp %d" % number
        if start < end:
            yield Part(start, end, name)
        end = start - (int(padding[1]) if padding else 0)
