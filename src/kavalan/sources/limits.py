"""What one file of a source may unfold to."""

from __future__ import annotations

import msgspec

MIB = 1 << 20
GIB = 1 << 30
# An empty disk shrinks by as much as deflate can, and its image is no bomb.
MEDIUM_RATIO = 1030


class SourceLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds against archives that are made to be endless. What is beyond them is refused with the reason, never lost.

    Attributes:
        depth: archives inside archives; 1 reads no archive that is inside another.
        members: of one file of the source, in all archives inside it together.
        ratio: bytes that may come out of an archive for each byte of it.
        free: bytes that may come out of it whatever its ratio; also of all archives inside it together.
        free_member: the same for a single member whose packed size is known.
        medium: bytes of a disk image's medium that are read once more, to check the digest that the image keeps of it;
            also no more than `free` and `MEDIUM_RATIO` for each of its own. 0 checks none.
        spool: bytes of a member that are held in memory, for decoders and for reading an archive inside an archive.
        seconds: until a worker must have said the next 256 KiB or the next member, of the clock and of the processor.
        memory: bytes of a worker; a dictionary of LZMA or zstd must fit.
    """

    depth: int = 8
    members: int = 10_000_000
    ratio: int = 200
    free: int = 4 * GIB
    free_member: int = 256 * MIB
    medium: int = 16 << 40
    spool: int = 256 * MIB
    seconds: float = 60.0
    memory: int = 1536 * MIB

    def allowance(self, size: int) -> int:
        """Bytes that may come out of an archive of that size."""
        return self.free + self.ratio * size

    def checked(self, size: int) -> int:
        """Bytes of a medium that may be read once more, of an image of that size."""
        return min(self.medium, self.free + MEDIUM_RATIO * size)
