"""Digests that small files beside a file state of it: `NAME.md5`, lists of `sha256sum`, Cellebrite's `.ufd`.

Only forms that can be read in one way are taken, and only for files of the same folder; the rest says nothing. Lines
are taken apart here and not in the sandbox: a regular expression over a bounded file decodes nothing.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kavalan.sources.item import Algorithm

if TYPE_CHECKING:
    from kavalan.sources.item import Item

_MOST_BYTES = 1 << 20
_MOST_LISTS = 16
_ENDINGS: dict[bytes, Algorithm] = {b".md5": "md5", b".sha1": "sha1", b".sha256": "sha256"}
_LENGTHS: dict[int, Algorithm] = {32: "md5", 40: "sha1", 64: "sha256"}
_LIST = re.compile(
    rb"(?:hash(?:es)?|checksums?|(?:md5|sha1|sha256)(?:sums?)?)(?:\.txt)?|.*\.ufd", re.IGNORECASE | re.DOTALL
)
_DIGEST = rb"([0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})"
_BARE = re.compile(_DIGEST)
_GNU = re.compile(rb"(\\?)" + _DIGEST + rb" [ *](.+)")
_BSD = re.compile(rb"(MD5|SHA1|SHA256) ?\((.+)\) ?= ?" + _DIGEST)
_SECTION = re.compile(rb"\[(.*)\]")
_ENTRY = re.compile(rb"([^=]+?)\s*=\s*" + _DIGEST)
_SECTIONS = {b"MD5": 32, b"SHA1": 40, b"SHA256": 64}
_ESCAPES = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}


class Sidecars:
    """What the files of one folder state of each other."""

    def __init__(self, names: Sequence[bytes], opened: Callable[[bytes], int]) -> None:
        """Read the lists among them.

        Args:
            names: of the folder, in order.
            opened: opens one of them; raises OSError.
        """
        self._names = names
        self._opened = opened
        self._stated: dict[bytes, list[tuple[Algorithm, bytes]]] = {}
        lists = [name for name in names if len(name) < 100 and _LIST.fullmatch(name)]
        for name in lists[:_MOST_LISTS]:
            for file, algorithm, digest in _listed(self._content(name), ini=name.lower().endswith(b".ufd")):
                if self._has(file):
                    self._stated.setdefault(file, []).append((algorithm, digest))

    def about(self, item: Item, name: bytes) -> Item:
        """A file of the folder with the digests that are stated of it."""
        stated = set(self._stated.get(name, ()))
        for ending, algorithm in _ENDINGS.items():
            if self._has(name + ending):
                stated.update(_own(self._content(name + ending), name, algorithm))
        if not stated:
            return item
        algorithms = [algorithm for algorithm, _ in stated]
        certain = sorted(fact for fact in stated if algorithms.count(fact[0]) == 1)
        remarks = item.remarks
        if len(certain) < len(stated):
            remarks += ("files beside it state different digests of it, which were not compared",)
        return replace(item, digests=(*item.digests, *certain), remarks=remarks)

    def _has(self, name: bytes) -> bool:
        at = bisect_left(self._names, name)
        return at < len(self._names) and self._names[at] == name

    def _content(self, name: bytes) -> bytes:
        """All of a small file; nothing of one that is larger or cannot be read."""
        try:
            with os.fdopen(self._opened(name), "rb") as stream:
                held = stream.read(_MOST_BYTES + 1)
        except OSError:
            return b""  # who reads it as an item is told
        if len(held) > _MOST_BYTES:
            return b""
        if held.startswith((b"\xff\xfe", b"\xfe\xff")):
            return held.decode("utf-16", "replace").encode()
        return held.removeprefix(b"\xef\xbb\xbf")


def _own(content: bytes, name: bytes, algorithm: Algorithm) -> Iterator[tuple[Algorithm, bytes]]:
    """What `NAME.md5` states of NAME: a digest alone, or the line that names it."""
    bare = _BARE.fullmatch(content.strip())
    if bare is not None:
        found = [(name, _LENGTHS[len(bare[1])], bytes.fromhex(bare[1].decode()))]
    else:
        found = list(_listed(content, ini=False))
    for file, stated, digest in found:
        if file == name and stated == algorithm:
            yield stated, digest


def _listed(content: bytes, *, ini: bool) -> Iterator[tuple[bytes, Algorithm, bytes]]:
    """Name, algorithm and digest of each file of the same folder in a list."""
    wanted = None
    for line in content.splitlines():
        section = _SECTION.fullmatch(line.strip()) if ini else None
        if section is not None:
            wanted = _SECTIONS.get(section[1].upper().replace(b"-", b""))
            continue
        found = _in_ini(line, wanted) if ini else _in_list(line)
        if found is None:
            continue
        name, digest = found
        name = name.removeprefix(b"./")
        if name and b"/" not in name:
            yield name, _LENGTHS[len(digest)], bytes.fromhex(digest.decode())


def _in_list(line: bytes) -> tuple[bytes, bytes] | None:
    gnu = _GNU.fullmatch(line)
    if gnu is not None:
        name = gnu[3]
        if gnu[1]:
            name = re.sub(rb"\\[\\nr]", lambda match: _ESCAPES[match[0]], name)
        return name, gnu[2]
    bsd = _BSD.fullmatch(line.rstrip())
    if bsd is not None and len(bsd[3]) == _SECTIONS[bsd[1]]:
        return bsd[2], bsd[3]
    return None


def _in_ini(line: bytes, wanted: int | None) -> tuple[bytes, bytes] | None:
    entry = _ENTRY.fullmatch(line.strip())
    if entry is None or len(entry[2]) != wanted:
        return None
    return entry[1], entry[2]
