"""Programs. Sources are in the table of signatures."""

from __future__ import annotations

import struct
from typing import Final

_ELF_TYPES: Final = {
    1: "application/x-object",
    2: "application/x-executable",
    3: "application/x-sharedlib",
    4: "application/x-coredump",
}
_JAVA_OLDEST: Final = 45


def elf_kind(head: bytes) -> str | None:
    """ELF by its type; a position-independent program counts as the shared library that its type says."""
    if len(head) < 18:
        return None
    return _ELF_TYPES.get(int.from_bytes(head[16:18], "big" if head[5] == 2 else "little"), "application/x-executable")


def pe_kind(head: bytes) -> str | None:
    """A Windows program by the header that the DOS header points to, else a DOS program; two letters are neither."""
    if len(head) < 64:
        return None
    (at,) = struct.unpack_from("<I", head, 60)
    if head[at : at + 4] == b"PE\0\0":
        return "application/vnd.microsoft.portable-executable"
    return None if head[2:64].isascii() and b"\0" not in head[2:64] else "application/x-dosexec"


def cafebabe_kind(head: bytes) -> str | None:
    """A Java class, whose version is at least 45, or a Mach-O that counts its processors in the same place."""
    if len(head) < 8:
        return None
    number = int.from_bytes(head[4:8], "big")
    return "application/x-java-applet" if number & 0xFFFF >= _JAVA_OLDEST else "application/x-mach-binary"
