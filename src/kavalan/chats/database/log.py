"""Which part of a write-ahead log was not taken, and why: SQLite passes over what is damaged without a word.

Format: sqlite.org/fileformat2.html, 4.1: a header of 32 bytes, and frames of a header of 24 with a page each.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

_HEADER: Final = 32
_FRAME: Final = 24
_MAGICS: Final = (0x377F0682, 0x377F0683)
_WORD: Final = (1 << 32) - 1
_PAGES: Final = {1 << n for n in range(9, 17)}


def unread(log: BinaryIO, size: int, reached: int) -> str:
    """What of a log was not taken, in words; empty for nothing that matters.

    Args:
        log: the file.
        size: of it, in bytes.
        reached: how far SQLite read.
    """
    if size <= _HEADER:
        return ""
    log.seek(0)
    magic, _, page, _, *salts = struct.unpack(">6I", log.read(_HEADER)[: 6 * 4])
    if magic not in _MAGICS or page not in _PAGES or reached <= _HEADER:
        return "its head is damaged, and none of it could be read"
    return _from(log, (size, reached), page, (magic, salts))


def _from(log: BinaryIO, ends: tuple[int, int], page: int, head: tuple[int, list[int]]) -> str:
    """What of a log with a whole head was not taken: by the last frame that SQLite looked at."""
    size, reached = ends
    magic, salts = head
    frame = _FRAME + page
    read, whole = (reached - _HEADER) // frame, (size - _HEADER) // frame
    if not read:
        return f"it ends within frame {whole + 1}: what that held is missing"
    place = _HEADER + (read - 1) * frame
    log.seek(place)
    header = log.read(_FRAME)
    if list(struct.unpack_from(">2I", header, 8)) != salts:
        # It is of the log that was there before.
        return ""
    content = header[:8] + log.read(page)
    log.seek(place - frame + 16 if read > 1 else _HEADER - 8)
    if read < whole or _checksum(log.read(8), content, big=bool(magic & 1)) != header[16:]:
        return f"it is damaged at frame {read} of {whole}, and what it holds from there on could not be read"
    if (size - _HEADER) % frame:
        return f"it ends within frame {whole + 1}: what that held is missing"
    return "" if any(header[4:8]) else "its last change is not whole, and was not taken"


def _checksum(before: bytes, data: bytes, *, big: bool) -> bytes:
    """The checksum of a frame: of that of the frame before, of 8 bytes of its header, and of its page (4.2 there)."""
    one, other = struct.unpack(">2I", before)
    words = struct.unpack(f"{'>' if big else '<'}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + other) & _WORD
        other = (other + second + one) & _WORD
    return struct.pack(">2I", one, other)
