"""A large file seen through a window that moves on: bytes that are done with are not held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.errors import ChatError

if TYPE_CHECKING:
    from typing import BinaryIO

BLOCK: Final = 1 << 16
"""Bytes read at once: what fits the processor's own memory is gone through in a third of the time."""
LONGEST: Final = 64 << 20
"""Bytes of one message, or of one text of the file; a larger one is no export."""


class Window:
    """What of a file is held.

    Attributes:
        data: the bytes held.
        base: place in the file of the first of them.
        at: how many of them are done with.
    """

    def __init__(self, source: BinaryIO) -> None:
        source.seek(0)
        self.data = b""
        self.base = 0
        self.at = 0
        self._source = source

    def more(self) -> bool:
        """Hold another block, and let go of what is done with; False at the end of the file.

        Raises:
            ChatError: more would have to be held than any export needs.
        """
        if len(self.data) - self.at > LONGEST:
            message = (
                f"at byte {self.base + self.at} begins something of more than {LONGEST >> 20} MiB: no export has that"
            )
            raise ChatError(message)
        # As much again as is held, so that what is long is not copied once a block.
        block = self._source.read(max(BLOCK, len(self.data) - self.at))
        self.data = self.data[self.at :] + block
        self.base += self.at
        self.at = 0
        return bool(block)
