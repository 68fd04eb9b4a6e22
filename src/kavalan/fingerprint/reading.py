"""One read of one file: digests, kind, and the same bytes kept ready for a decoder."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Generic, Protocol, TypeVar

from kavalan.fingerprint.digest import Digester, Digests
from kavalan.fingerprint.kinds import HEAD_BYTES, is_picture, is_video, kind_of
from kavalan.fingerprint.record import Fingerprint
from kavalan.sandbox import is_sealed, sealed

CHUNK = 1 << 20
# A picture up to this size is held in memory between digest and decode, so that both see the very same bytes; phones'
# pictures are a tenth of it. What is larger is read again through its descriptor, and checked not to have changed.
HELD_BYTES = 64 << 20


class Streamed(Protocol):
    """Bytes that come once, for what is too large to be held: it is digested as it passes and no decoder sees it."""

    @property
    def most(self) -> int:
        """How many bytes could have been held."""
        ...

    def readinto(self, buffer: memoryview, /) -> int:
        """The next bytes; 0 at the end. Raises OSError."""
        ...

    def close(self) -> None:
        """No more is wanted."""
        ...


class Readable(Protocol):
    """What can be fingerprinted: anything that opens itself, or says why it does not."""

    @property
    def open(self) -> Callable[[], int | Streamed]:
        """Open for reading: the descriptor of a seekable file, or a stream; the caller closes it. Raises OSError."""
        ...

    @property
    def refusal(self) -> str | None:
        """Why it is not read, or None."""
        ...


R = TypeVar("R", bound=Readable)


@dataclass(frozen=True, slots=True)
class Reading(Generic[R]):
    """What became of one item.

    Attributes:
        item: as it was handed in.
        fingerprint: None where nothing could be read.
        error: why something, or everything, could not be read; None when all of it was.
    """

    item: R
    fingerprint: Fingerprint | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was read once.

    Attributes:
        kind: media type by content.
        digests: of all its bytes.
        decodable: open for a decoder, at the start; None where no decoder is for this kind. The caller closes it.
        held: `decodable` is the bytes that were digested, in memory; otherwise it is the file itself.
        changed: asks whether the file changed between the read and now.
        passed: why a decoder that is for this kind does not see it, else None.
    """

    kind: str
    digests: Digests
    decodable: BinaryIO | None
    held: bool
    changed: Callable[[], bool]
    passed: str | None = None


def take(opened: int | Streamed) -> Taken:
    """Read an open file once, from its start to its end.

    Memory: one chunk, or the file where it is a picture of at most `HELD_BYTES`.

    Args:
        opened: the descriptor of a seekable file, or a stream; it is closed unless it serves as `Taken.decodable`.

    Raises:
        OSError: the file cannot be read to its end.
    """
    if not isinstance(opened, int):
        try:
            return _take_passing(opened)
        finally:
            opened.close()
    stream = os.fdopen(opened, "rb", buffering=0)
    try:
        return _take_sealed(stream) if is_sealed(opened) else _take(stream)
    except BaseException:
        stream.close()
        raise


def _take_passing(stream: Streamed) -> Taken:
    """What comes once: the digests and the kind are all there is to have."""
    head = bytearray()
    digester = Digester()
    buffer = memoryview(bytearray(CHUNK))
    while count := stream.readinto(buffer):
        digester.update(buffer[:count])
        head += buffer[: max(0, min(count, HEAD_BYTES - len(head)))]
    kind = kind_of(bytes(head))
    passed = f"not decoded: larger than the {stream.most} bytes that are held" if _is_decoded(kind) else None
    return Taken(kind, digester.finish(), None, False, lambda: False, passed)


def _take_sealed(stream: io.FileIO) -> Taken:
    """What is in memory and cannot change needs no second copy."""
    kind = kind_of(_fill(stream, HEAD_BYTES))
    stream.seek(0)
    digester = Digester()
    _digest_rest(stream, digester)
    if _is_decoded(kind):
        stream.seek(0)
        return Taken(kind, digester.finish(), stream, True, lambda: False)
    stream.close()
    return Taken(kind, digester.finish(), None, False, lambda: False)


def _take(stream: io.FileIO) -> Taken:
    before = _state(stream)
    head = _fill(stream, HEAD_BYTES)
    kind = kind_of(head)
    digester = Digester()
    digester.update(head)
    if is_picture(kind) and before.st_size <= HELD_BYTES:
        return _take_held(stream, head, kind, digester)
    if len(head) == HEAD_BYTES:
        _digest_rest(stream, digester)
    stream.seek(0)
    if not _is_decoded(kind):
        stream.close()
        return Taken(kind, digester.finish(), None, False, lambda: False)
    return Taken(kind, digester.finish(), stream, False, lambda: _identity(_state(stream)) != _identity(before))


def _take_held(stream: io.FileIO, head: bytes, kind: str, digester: Digester) -> Taken:
    # One byte more than may be held: a file that grew while it was read shows itself.
    rest = _fill(stream, HELD_BYTES + 1 - len(head))
    digester.update(rest)
    stream.close()
    if len(head) + len(rest) > HELD_BYTES:
        raise OSError("grew while it was read")
    return Taken(kind, digester.finish(), sealed(head + rest), True, lambda: False)


def _is_decoded(kind: str) -> bool:
    return is_picture(kind) or is_video(kind)


def _digest_rest(stream: io.FileIO, digester: Digester) -> None:
    buffer = memoryview(bytearray(CHUNK))
    while count := stream.readinto(buffer):
        digester.update(buffer[:count])


def _fill(stream: io.FileIO, most: int) -> bytes:
    """Up to `most` bytes; fewer only at the end of the file."""
    parts, held = [], 0
    while held < most and (part := stream.read(min(most - held, 16 * CHUNK))):
        parts.append(part)
        held += len(part)
    return b"".join(parts)


def _state(stream: io.FileIO) -> os.stat_result:
    return os.fstat(stream.fileno())


def _identity(state: os.stat_result) -> tuple[int, int, int]:
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns
