"""A member of an archive, on this side of the wall: its bytes as they pass, held where they fit."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from kavalan.sandbox import Stream, memory_file, seal
from kavalan.sources.archive.records import Begin, End, Record, Still
from kavalan.sources.item import Ending


@dataclass(slots=True)
class Allowance:
    """What may still come out of one file of the source, all archives inside it together.

    Attributes:
        bytes: of members.
        members: their number.
        medium: bytes of members that are only digested.
    """

    bytes: int
    members: int
    medium: int = 0


class Dialogue:
    """What a reader says, held to the order it must have.

    Attributes:
        failure: why it said no more; None while it goes on and after a good end.
    """

    def __init__(self, stream: Stream[Record], allowance: Allowance) -> None:
        self.failure: str | None = None
        self._stream = stream
        self._allowance = allowance
        self._inside = False
        self._opaque = False
        self._over = False

    def next(self) -> Record | bytes | None:
        """The next record or bytes; None at the end."""
        if self._over:
            return None
        said = next(self._stream, None)
        self.failure = self._ended() if said is None else self._taken(said)
        self._over = said is None or self.failure is not None
        return None if self._over else said

    def _ended(self) -> str | None:
        if self._stream.failure is not None:
            return str(self._stream.failure)
        return "malformed: its reader ended within a member" if self._inside else None

    def _taken(self, said: Record | bytes) -> str | None:
        """Count what was said; why it is the last that is listened to, else None."""
        if isinstance(said, bytes | End) is not self._inside:
            return "malformed: its reader said what has no place there"
        if isinstance(said, bytes):
            self._charge(len(said))
        elif isinstance(said, Still):
            self._allowance.bytes -= said.charged
        elif isinstance(said, Begin):
            self._allowance.members -= 1
            self._inside = said.refusal is None
            self._opaque = said.opaque
        elif isinstance(said, End):
            self._inside = False
        if self._allowance.bytes < 0 or self._allowance.medium < 0:
            return "refused: more comes out of it than may out of a file of its size"
        if self._allowance.members < 0:
            return "refused: more members come out of it than may out of one file"
        return None

    def _charge(self, count: int) -> None:
        if self._opaque:
            self._allowance.medium -= count
        else:
            self._allowance.bytes -= count


class Member:
    """The bytes of one member, which come once.

    Attributes:
        whole: all of them in memory, sealed, once they have passed and where they fit; None otherwise.
        head: the first of them.
    """

    def __init__(self, dialogue: Dialogue, spool: int) -> None:
        """The dialogue stands behind the member's `Begin`; at most `spool` bytes are held."""
        self.whole: BinaryIO | None = None
        self.head = b""
        self._dialogue = dialogue
        self._spool = spool
        self._end: End | None = None
        self._crc = 0
        self._asked = False
        self._gone = False

    def open(self) -> int | Passing:
        """Its bytes from the first: a descriptor of memory where they fit, else a stream.

        Raises:
            OSError: they have passed.
        """
        if not self._asked:
            self._asked = True
            held = self._hold()
            if held is not None:
                return Passing(self, held, self._spool)
        if self._gone or self.whole is None:
            raise OSError(
                "its archive has been read on: a member can be read when its turn comes, once where it is large"
            )
        return os.open(f"/proc/self/fd/{self.whole.fileno()}", os.O_RDONLY | os.O_CLOEXEC)

    def ending(self) -> Ending:
        """What is known once its bytes have been read."""
        end = self._end
        if end is None:
            return Ending()
        if end.crc is not None:
            complete = end.error is None or end.error.startswith("gives ")
            return Ending(f"crc-32 {end.crc:08x}", self._crc == end.crc if complete else None, self._error(end))
        agrees = None if end.verified is None else end.error is None or None
        return Ending(end.verified, agrees, end.error)

    def _error(self, end: End) -> str | None:
        if end.error is None and end.crc != self._crc:
            return f"its archive keeps crc-32 {end.crc:08x}, what was read has {self._crc:08x}"
        return end.error

    def settle(self) -> None:
        """Let the rest of its bytes pass; where nobody asked for them, hold them if they fit."""
        if not self._asked:
            self._asked = True
            held = self._hold()
            if held is not None:
                held.close()
        while self.chunk():
            pass

    def close(self) -> None:
        """Its turn is over."""
        self._gone = True
        if self.whole is not None:
            self.whole.close()

    def chunk(self) -> bytes:
        """The next bytes that have not been held; none at the end."""
        if self._end is not None:
            return b""
        said = self._dialogue.next()
        if isinstance(said, bytes):
            self._crc = zlib.crc32(said, self._crc)
            return said
        self._end = (
            said if isinstance(said, End) else End(error=f"its archive cannot be read on: {self._dialogue.failure}")
        )
        return b""

    def _hold(self) -> BinaryIO | None:
        """Hold its bytes; when they do not fit, what has been held so far is returned and is the caller's."""
        held = memory_file()
        try:
            count = 0
            while chunk := self.chunk():
                if not count:
                    self.head = chunk
                held.write(chunk)
                count += len(chunk)
                if count > self._spool:
                    return seal(held)
        except BaseException:
            held.close()
            raise
        self.whole = seal(held)
        return None


class Passing:
    """The bytes of a member that is too large to be held (`kavalan.fingerprint.Streamed`).

    Attributes:
        most: how many could have been held.
    """

    def __init__(self, member: Member, held: BinaryIO, most: int) -> None:
        self.most = most
        self._member = member
        self._held: BinaryIO | None = held
        self._chunk = b""
        self._from = 0

    def readinto(self, buffer: memoryview, /) -> int:
        """The next bytes; 0 at the end."""
        if self._held is not None:
            count = self._held.readinto(buffer)  # type: ignore[attr-defined]  # what `os.fdopen` opens has it
            if count:
                return int(count)
            self.close()
        if self._from == len(self._chunk):
            self._chunk, self._from = self._member.chunk(), 0
        piece = self._chunk[self._from : self._from + len(buffer)]
        buffer[: len(piece)] = piece
        self._from += len(piece)
        return len(piece)

    def close(self) -> None:
        """Let go of what is held."""
        if self._held is not None:
            self._held.close()
            self._held = None
