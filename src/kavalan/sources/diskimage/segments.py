"""The files that are one image together: segments of an E01, a split raw image, the extents of a VMDK.

Names come from the folder, or from a descriptor that evidence wrote: only plain names are opened, and only beside the
first file.
"""

from __future__ import annotations

import os
import re
import string
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import product
from typing import BinaryIO, TypeAlias

from kavalan.sources.diskimage.recognise import EWF, image_in

Beside: TypeAlias = Callable[[bytes], int]
"""Opens a regular file of that name in the folder of the first one; raises OSError. The caller closes it."""

_HEAD = 4096
_DESCRIPTOR_BYTES = 1 << 16
_MOST = 4096
_EWF_NAME = re.compile(rb"(.*\.)(?:([Ee])(?:0[2-9]|[1-9]\d)|([E-Z])[A-Z]{2}|([e-z])[a-z]{2})", re.DOTALL)
_SPLIT_NAME = re.compile(rb"(.*\.)(\d{3})", re.DOTALL)
_EXTENT_NAME = re.compile(rb"(.*)-(?:flat|[sf]\d{3})(\.vmdk)", re.DOTALL | re.IGNORECASE)
_EXTENT = re.compile(rb'^(?:RW|RDONLY|NOACCESS) \d+ (?:SPARSE|FLAT|VMFS|VMFSSPARSE) "([^"/\\\0]{1,255})"', re.MULTILINE)


def segments_of(name: bytes, kind: str, descriptor: int, beside: Beside, held: ExitStack) -> list[BinaryIO]:
    """The other files of an image, opened, in their order; those that are not there are left out.

    Args:
        name: of the first file.
        kind: as `image_in` says.
        descriptor: of the first file.
        beside: see `Beside`.
        held: closes them.
    """
    if kind == "E01":
        return _opened(_ewf_names(name), beside, held)
    if kind == "raw":
        return _opened(_split_names(name), beside, held)
    if kind == "VMDK":
        return _opened(_extents(os.pread(descriptor, _DESCRIPTOR_BYTES, 0)), beside, held, all_=True)
    return []


def image_of(name: bytes, beside: Beside) -> bytes | None:
    """The name of the image of which this file is a later segment; None for what is none."""
    for found in _firsts(name):
        first, kind = found
        try:
            if _belongs(name, first, kind, beside):
                return first
        except OSError:
            continue
    return None


def _firsts(name: bytes) -> Iterator[tuple[bytes, str]]:
    if match := _EWF_NAME.fullmatch(name):
        yield match[1] + (match[2] or (b"E" if match[3] else b"e")) + b"01", "E01"
    elif (match := _SPLIT_NAME.fullmatch(name)) and match[2] not in {b"000", b"001"}:
        yield match[1] + b"001", "raw"
    elif (match := _SPLIT_NAME.fullmatch(name)) and match[2] == b"001":
        yield match[1] + b"000", "raw"
    elif match := _EXTENT_NAME.fullmatch(name):
        yield match[1] + match[2], "VMDK"
    if (match := _SPLIT_NAME.fullmatch(name)) and match[2] not in {b"000", b"001"}:
        yield match[1] + b"000", "raw"


def _belongs(name: bytes, first: bytes, kind: str, beside: Beside) -> bool:
    head, found = _head(first, beside)
    if found != kind:
        return False
    if kind == "E01":
        return _head(name, beside)[0].startswith(EWF)
    return kind == "raw" or name in _extents(head)


def _head(name: bytes, beside: Beside) -> tuple[bytes, str | None]:
    descriptor = beside(name)
    try:
        head = os.pread(descriptor, _DESCRIPTOR_BYTES, 0)
        return head, image_in(head[:_HEAD], descriptor)
    finally:
        os.close(descriptor)


def _opened(
    names: Iterator[bytes] | list[bytes], beside: Beside, held: ExitStack, *, all_: bool = False
) -> list[BinaryIO]:
    opened: list[BinaryIO] = []
    for name in names:
        try:
            opened.append(held.enter_context(os.fdopen(beside(name), "rb")))
        except OSError:
            if not all_:
                break
        if len(opened) == _MOST:
            break
    return opened


def _ewf_names(name: bytes) -> Iterator[bytes]:
    """E02 … E99, EAA … EZZ, FAA … ZZZ, in the case of the first."""
    stem, letter = name[:-3], name[-3:-2]
    if name[-2:] != b"01" or letter not in {b"E", b"e"}:
        return
    for number in range(2, 100):
        yield stem + letter + b"%02d" % number
    letters = string.ascii_uppercase if letter == b"E" else string.ascii_lowercase
    for triple in product(letters[4:], letters, letters):
        yield stem + "".join(triple).encode()


def _split_names(name: bytes) -> Iterator[bytes]:
    stem, number = name[:-3], name[-3:]
    if name[-4:-3] == b"." and number in {b"000", b"001"}:
        for following in range(int(number) + 1, 1000):
            yield stem + b"%03d" % following


def _extents(descriptor: bytes) -> list[bytes]:
    """The names that a VMDK's descriptor gives; those with a way in them are left out."""
    if not descriptor.startswith(b"# Disk DescriptorFile"):
        return []
    return [name for name in _EXTENT.findall(descriptor.replace(b"\r", b"")) if name not in {b".", b".."}][:_MOST]
