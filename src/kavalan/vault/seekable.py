"""What the readers of the vault have in common: a size, and a place in it."""

from __future__ import annotations

import io
import os


class Seekable(io.RawIOBase):
    """Bytes that are read from anywhere; the heirs say how.

    Args:
        size: how many there are.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size = size
        """Plain bytes."""
        self._position = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place, also behind the end; see `io.IOBase.seek`."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        if base + offset < 0:
            message = f"there is no byte {base + offset}"
            raise ValueError(message)
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._position
