"""The bytes of a member of a bundle as they pass."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Protocol

from kavalan.fingerprint.digest import Digester
from kavalan.tips.errors import TipError

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Stream(Protocol):
    """Bytes that come once."""

    def readinto(self, buffer: memoryview, /) -> int:
        """The next bytes; 0 at the end."""
        ...

    def close(self) -> None:
        """No more is wanted."""
        ...


class Content(io.RawIOBase):
    """A member's bytes, once, from the first to the last, held against the digest that was taken of them before.

    Args:
        opened: where they come from, a descriptor or a stream; closed with it.
        expected: the SHA-256 that they had when the bundle was opened.
    """

    def __init__(self, opened: int | Stream, expected: bytes) -> None:
        super().__init__()
        self._stream: Stream = io.FileIO(opened) if isinstance(opened, int) else opened
        self._expected = expected
        self._digester = Digester()

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """The next bytes; 0 at the end.

        Raises:
            TipError: at the end, where they are not what was read when the bundle was opened.
        """
        view = memoryview(buffer).cast("B")
        count = self._stream.readinto(view)
        self._digester.update(view[:count])
        if not count and len(view) and self._digester.finish().sha256 != self._expected:
            raise TipError("the bundle has changed since it was opened; take it in again")
        return count

    def close(self) -> None:
        """Let go of where they come from."""
        if not self.closed:
            self._stream.close()
        super().close()
