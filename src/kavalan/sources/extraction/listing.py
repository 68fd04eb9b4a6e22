"""What a report says of many files, held in few bytes each until the files come.

A file takes its facts as one packed record (about 250 bytes with two digests and a usual path) and forty bytes of
index, a trace about 150 and four times forty. Beyond `most` bytes the rest is counted and left out.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from kavalan.sources.item import State
from kavalan.sources.place import shown
from kavalan.sources.trace import Trace

MOST_BYTES = 512 << 20
_MOST_TRACES = 100
_NAMED = 3
_INDEX_BYTES = 40


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """A file as a report lists it.

    Attributes:
        name: of the member that holds it.
        original: see `kavalan.sources.Item`, as are the others; times in microseconds from 1970.
        state: see `Item`.
        modified: see `Item`.
        created: see `Item`.
        accessed: see `Item`.
        changed: see `Item`.
        md5: see `Item.digests`.
        sha1: see `Item.digests`.
        sha256: see `Item.digests`.
        remarks: see `Item`.
    """

    name: bytes
    original: bytes | None = None
    state: State = "allocated"
    modified: int | None = None
    created: int | None = None
    accessed: int | None = None
    changed: int | None = None
    md5: bytes | None = None
    sha1: bytes | None = None
    sha256: bytes | None = None
    remarks: tuple[str, ...] = ()


class Listing:
    """The files of a report, to be asked for by the names of members once all have been added.

    Attributes:
        files: how many are held.
        left_out: files and traces that found no room.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.left_out = 0
        self._most = most
        self._held = bytearray()
        self._starts = array("Q")
        self._keys = array("Q")
        self._idents = array("Q")
        self._traces: list[tuple[int, int, int]] = []
        self._by_key: Sequence[int] = ()
        self._of_file: dict[int, list[int]] = {}
        self._encode = msgspec.msgpack.Encoder().encode
        self._files = msgspec.msgpack.Decoder(Listed)
        self._trace = msgspec.msgpack.Decoder(Trace)

    @property
    def files(self) -> int:
        """How many are held."""
        return len(self._starts)

    def add(self, listed: Listed, ident: str) -> None:
        """Add a file, which the report calls `ident`."""
        start = self._room(self._encode(listed))
        if start is not None:
            self._starts.append(start)
            self._keys.append(_key(listed.name))
            self._idents.append(_key(ident.encode()))

    def add_trace(self, trace: Trace, *, ident: str | None, name: bytes | None) -> None:
        """Add a trace of the file that the report calls `ident`, else of the member of that name."""
        start = self._room(self._encode(trace))
        if start is not None:
            self._traces.append((start, _key(ident.encode()) if ident else 0, _key(name) if name else 0))

    def _room(self, record: bytes) -> int | None:
        if len(self._held) + len(record) + _INDEX_BYTES * (self.files + 4 * len(self._traces) + 1) > self._most:
            self.left_out += 1
            return None
        start = len(self._held)
        self._held += len(record).to_bytes(4, "little") + record
        return start

    def settle(self) -> None:
        """All has been added."""
        self._by_key = array("L", sorted(range(self.files), key=self._keys.__getitem__))
        by_ident = array("L", sorted(range(self.files), key=self._idents.__getitem__))
        for start, ident, name in self._traces:
            numbers = _equal(by_ident, self._idents, ident) if ident else []
            for number in numbers or (_equal(self._by_key, self._keys, name) if name else []):
                self._of_file.setdefault(number, []).append(start)
        self._traces.clear()

    def find(self, name: bytes) -> list[int]:
        """The numbers of the files that the report says are in the member of that name."""
        return [number for number in _equal(self._by_key, self._keys, _key(name)) if self.listed(number).name == name]

    def listed(self, number: int) -> Listed:
        """A file by its number."""
        return self._files.decode(self._record(self._starts[number]))

    def traces(self, number: int) -> tuple[Trace, ...]:
        """The traces of a file; the first hundred."""
        return tuple(self._trace.decode(self._record(at)) for at in self._of_file.get(number, ())[:_MOST_TRACES])

    def _record(self, start: int) -> bytes:
        length = int.from_bytes(self._held[start : start + 4], "little")
        return bytes(self._held[start + 4 : start + 4 + length])


class Missing:
    """Files that are listed and not there: how many, and the first few by name.

    Attributes:
        count: how many.
    """

    def __init__(self) -> None:
        self.count = 0
        self._first: list[str] = []

    def add(self, name: bytes) -> None:
        """One more."""
        self.count += 1
        if len(self._first) < _NAMED:
            self._first.append(shown(name.replace(b"\0", b"\0\0"))[:80])

    def told(self, who: str) -> Iterator[str]:
        """The sentence about them; none where none is missing."""
        if self.count:
            files = "a file that is" if self.count == 1 else f"{self.count} files that are"
            yield f"{who} lists {files} not there: {', '.join(self._first)}{', …' if self.count > _NAMED else ''}"


def _key(name: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest()) or 1


def _equal(order: Sequence[int], keys: Sequence[int], key: int) -> list[int]:
    at, found = bisect_left(order, key, key=keys.__getitem__), []
    while at < len(order) and keys[order[at]] == key:
        found.append(order[at])
        at += 1
    return found
