"""One pass over an archive, inside the sandbox: which members are wanted and how much may still be said."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TypeAlias

import msgspec

from kavalan.sources.archive.records import NAME_BYTES, Begin, End, Record, Request, Rest, Still

CHUNK = 1 << 18
# While nothing is said for long, the parent is told that it goes on.
PASSED_BYTES = 64 << 20
_PASSED_MEMBERS = 4096
# LRE, RLE, PDF, LRO, RLO, LRI, RLI, FSI, PDI (Unicode Standard Annex 9) in UTF-8.
_TURNING = tuple(chr(code).encode() for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))

Said: TypeAlias = Record | bytes
Chunks: TypeAlias = Callable[[], Iterator[bytes]]


class DamagedError(Exception):
    """Bytes that cannot be read on; the text says why."""


class ExhaustedError(Exception):
    """More comes out of the archive than it may give."""


def told(text: str) -> str:
    """Text within the bounds of a record."""
    return text[:400]


class Passage:
    """Counts names and bytes over one archive."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._left = request.allowance
        self._seen: set[int] = set()
        self._repeats: dict[int, int] = {}
        self._waiting = request.start is not None
        self._passed = 0
        self._charged = 0
        self._about: Callable[[Begin], Begin] | None = None

    def describe_by(self, about: Callable[[Begin], Begin]) -> None:
        """Let each member be what this makes of it, before it is decided whether the member is wanted."""
        self._about = about

    def member(
        self,
        begin: Begin,
        chunks: Chunks,
        *,
        size: int | None = None,
        packed: int | None = None,
        crc: int | None = None,
    ) -> Iterator[Said]:
        """Say one member.

        Args:
            begin: what is known of it; its `again` is counted here.
            chunks: begins to read its bytes; raises `DamagedError` where they end too soon.
            size: how many bytes it should have, where the archive says.
            packed: how many bytes of the archive hold it, where that is known.
            crc: the CRC-32 that the archive keeps.
        """
        begin = self._named(begin)
        if (self._waiting and not self._begins_here(begin)) or not self._chosen(begin):
            yield from self._pass_over(begin, size)
            return
        if self._charged:
            yield self._account()
        most = None if packed is None else self._request.free_member + self._request.ratio * packed
        refusal = begin.refusal or self._refused(size, most)
        if refusal is not None:
            yield msgspec.structs.replace(begin, refusal=told(refusal))
            return
        yield begin
        yield from self._bytes(chunks, size, most, crc)

    def opaque(self, begin: Begin, chunks: Chunks) -> Iterator[Said]:
        """Say a member that is only digested; its bytes, which the caller has bounded, count against nothing."""
        begin = msgspec.structs.replace(self._named(begin), opaque=True)
        if (self._waiting and not self._begins_here(begin)) or not self._chosen(begin):
            return
        if self._charged:
            yield self._account()
        yield begin
        count, error = 0, None
        try:
            for chunk in chunks():
                count += len(chunk)
                yield chunk
        except DamagedError as damage:
            error = told(f"damaged after {count} bytes: {damage}")
        yield End(error=error)

    @property
    def found_start(self) -> bool:
        """Whether the first member that was wanted has come, or all were wanted."""
        return not self._waiting

    def _named(self, begin: Begin) -> Begin:
        if self._about is not None:
            begin = self._about(begin)
        remarks = begin.remarks + tuple(path_remarks(begin.name))
        name = begin.name
        if len(name) > NAME_BYTES:
            name = name[:NAME_BYTES]
            remarks += (f"its name of {len(begin.name)} bytes is cut",)
        again = self._count(name)
        shortened = tuple(told(remark) for remark in remarks[:20])
        return msgspec.structs.replace(begin, name=name, again=again, remarks=shortened)

    def _count(self, name: bytes) -> int:
        """How many of that name came before; eight bytes a name are kept."""
        key = int.from_bytes(hashlib.blake2b(name, digest_size=8).digest())
        if key not in self._seen:
            self._seen.add(key)
            return 0
        self._repeats[key] = self._repeats.get(key, 0) + 1
        return self._repeats[key]

    def _chosen(self, begin: Begin) -> bool:
        chosen = self._request.chosen
        return chosen is None or chosen.takes(begin.name, begin.original, begin.modified)

    def _begins_here(self, begin: Begin) -> bool:
        start = self._request.start
        if start is None or (start.name, start.again) == (hashlib.sha256(begin.name).digest(), begin.again):
            self._waiting = False
        return not self._waiting

    def _pass_over(self, begin: Begin, size: int | None) -> Iterator[Said]:
        charged = 0 if begin.refusal else min(size or 0, self._left)
        self._left -= charged
        self._charged += charged
        self._passed += 1
        if self._passed % _PASSED_MEMBERS == 0:
            yield self._account()

    def _account(self) -> Still:
        """What has been passed over since the last time."""
        charged, self._charged = self._charged, 0
        return Still(charged)

    def _refused(self, size: int | None, most: int | None) -> str | None:
        if most is not None and size is not None and size > most:
            return f"refused: {size} bytes from so few that it may give {most}"
        if self._left <= 0 or (size is not None and size > self._left):
            self._left = max(0, self._left)
            return (
                f"refused: its archive may give {self._request.allowance} bytes by its size and that of what it lies "
                f"in, and {self._left} are left"
            )
        return None

    def _bytes(self, chunks: Chunks, size: int | None, most: int | None, crc: int | None) -> Iterator[Said]:
        count, error = 0, None
        bound = self._left if most is None else min(most, self._left)
        try:
            for chunk in chunks():
                count += len(chunk)
                self._left -= len(chunk)
                if count > bound:
                    error = f"refused: more than {bound} bytes come out of it or of its archive"
                    break
                yield chunk
        except DamagedError as damage:
            error = f"damaged after {count} bytes: {damage}"
        if error is None and size is not None and count != size:
            error = f"gives {count} bytes where {size} are stated"
        yield End(error=error if error is None else told(error), crc=crc)


def path_remarks(name: bytes) -> Iterator[str]:
    """What is said of a name that would lead elsewhere if somebody unpacked it; nothing here does."""
    parts = name.replace(b"\\", b"/").split(b"/")
    if b".." in parts:
        yield "its path leads upwards"
    if name.startswith((b"/", b"\\")) or (len(name) > 1 and name[1:2] == b":" and name[:1].isalpha()):
        yield "its path is absolute"
    if any(byte < 0x20 or byte == 0x7F for byte in name):
        yield "its name holds control characters"
    if any(mark in name for mark in _TURNING):
        yield "its name turns the direction of writing, so that it reads otherwise than it is"


def rest(reason: str) -> Rest:
    """A `Rest` within its bounds."""
    return Rest(told(reason))
