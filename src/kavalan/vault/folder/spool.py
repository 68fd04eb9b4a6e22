"""Bytes put aside for a while, on disk and encrypted under a key that only memory knows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from kavalan.vault.age import Descriptor, PayloadReader, PayloadWriter, new_file_key
from kavalan.vault.durable import new_draft, write_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECE: Final = 1 << 20


class Spool:
    """Written once, then read once. Its file has no name from the beginning, so a crash leaves none.

    Args:
        folder: in whose file system it lies.
    """

    def __init__(self, folder: Path) -> None:
        self._handle, path = new_draft(folder)
        path.unlink()
        self._key = new_file_key()
        try:
            self._payload = PayloadWriter(self._key, lambda data: write_all(self._handle, data))
        except BaseException:
            self.close()
            raise
        self.size = 0
        """Plain bytes put aside."""

    def write(self, data: bytes) -> None:
        """Put bytes aside."""
        self._payload.write(data)
        self.size += len(data)

    def pieces(self) -> Iterator[bytes]:
        """All of them, in order. Nothing may be put aside any more."""
        self._payload.finish()
        with PayloadReader(Descriptor(os.dup(self._handle)), 0, self._key, "spool") as reader:
            while piece := reader.read(_PIECE):
                yield piece

    def close(self) -> None:
        """Give it back."""
        os.close(self._handle)
