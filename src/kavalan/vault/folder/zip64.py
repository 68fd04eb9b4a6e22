"""The records of a stored ZIP64 that is written from front to back, without knowing sizes ahead.

Every member carries ZIP64 fields, whatever its size, and its CRC and sizes behind its bytes. Names are bytes as they
were; they are marked as UTF-8 only where they are. Source: PKWARE APPNOTE 6.3.10, 4.3-4.5; fields `UT` and `ux` as in
Info-ZIP's `extrafld.txt`.
"""

from __future__ import annotations

import stat
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from kavalan.vault.errors import VaultError

MOST_NAME: Final = 0xFFFF
_LOCAL: Final = struct.Struct("<IHHHHHIIIHH")
_DESCRIPTOR: Final = struct.Struct("<IIQQ")
_CENTRAL: Final = struct.Struct("<IHHHHHHIIIHHHHHII")
_END64: Final = struct.Struct("<IQHHIIQQQQ")
_LOCATOR: Final = struct.Struct("<IIQI")
_END: Final = struct.Struct("<IHHHHIIH")
_ZIP64: Final = 0x0001
_TIMES: Final = 0x5455
_OWNER: Final = 0x7875
_VERSION: Final = 45
_UNIX: Final = 3 << 8
_BEHIND: Final = 1 << 3
_UTF8: Final = 1 << 11
_LATER16: Final = 0xFFFF
_LATER32: Final = 0xFFFFFFFF
_DIRECTORY: Final = 0x10
_SECOND: Final = 1_000_000_000
_MOST_TIME: Final = _SECOND << 63


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a file system says of a file.

    Attributes:
        name: its path within the folder, with slashes, as bytes; without one at the beginning.
        mode: `st_mode`, with the kind of file.
        mtime_ns: nanoseconds since 1970.
        uid: of its owner.
        gid: of its group.
    """

    name: bytes
    mode: int
    mtime_ns: int
    uid: int = 0
    gid: int = 0

    def __post_init__(self) -> None:
        """Refuse what no ZIP can hold, or what would be unpacked elsewhere."""
        parts = self.name.split(b"/")
        if not self.name or b".." in parts or b"" in parts or b"\0" in self.name or len(self.name) >= MOST_NAME:
            raise VaultError("folder", f"cannot hold a file of the name {self.name[:80]!r}")
        if (
            not 0 <= self.mode <= 0xFFFF
            or not 0 <= self.uid <= _LATER32
            or not 0 <= self.gid <= _LATER32
            or abs(self.mtime_ns) >= _MOST_TIME
        ):
            raise VaultError("folder", f"cannot hold the mode, the date or the owner of {self.name[:80]!r}")

    @property
    def zip_name(self) -> bytes:
        """The name as it stands in the ZIP: a directory's ends with a slash."""
        return self.name + b"/" if stat.S_ISDIR(self.mode) else self.name


def local(member: Attributes) -> bytes:
    """What stands before a member's bytes."""
    extra = _field(_ZIP64, "<QQ", 0, 0) + _extra(member)
    name = member.zip_name
    return (
        _LOCAL.pack(0x04034B50, _VERSION, _flags(name), 0, *_dos(member), 0, _LATER32, _LATER32, len(name), len(extra))
        + name
        + extra
    )


def descriptor(crc: int, size: int) -> bytes:
    """What stands behind a member's bytes."""
    return _DESCRIPTOR.pack(0x08074B50, crc, size, size)


def central(member: Attributes, crc: int, size: int, offset: int) -> bytes:
    """A member's line in the directory at the end; `offset` is where its local record begins."""
    extra = _field(_ZIP64, "<QQQ", size, size, offset) + _extra(member)
    name = member.zip_name
    attributes = member.mode << 16 | (_DIRECTORY if stat.S_ISDIR(member.mode) else 0)
    front = (0x02014B50, _UNIX | _VERSION, _VERSION, _flags(name), 0, *_dos(member), crc, _LATER32, _LATER32)
    return _CENTRAL.pack(*front, len(name), len(extra), 0, 0, 0, attributes, _LATER32) + name + extra


def end(members: int, start: int, size: int) -> bytes:
    """The end of the archive; its directory begins at `start` and has `size` bytes."""
    end64 = _END64.pack(0x06064B50, _END64.size - 12, _UNIX | _VERSION, _VERSION, 0, 0, members, members, size, start)
    locator = _LOCATOR.pack(0x07064B50, 0, start + size, 1)
    return end64 + locator + _END.pack(0x06054B50, 0, 0, _LATER16, _LATER16, _LATER32, _LATER32, 0)


def _flags(name: bytes) -> int:
    try:
        return _BEHIND if name.isascii() or not name.decode() else _BEHIND | _UTF8
    except UnicodeDecodeError:
        return _BEHIND


def _dos(member: Attributes) -> tuple[int, int]:
    """Time and date of MS-DOS, in UTC, every two seconds from 1980 to 2107; what lies outside becomes its border."""
    seconds = min(max(member.mtime_ns // _SECOND, 315532800), 4354819198)
    at = datetime.fromtimestamp(seconds, UTC)
    return at.hour << 11 | at.minute << 5 | at.second // 2, (at.year - 1980) << 9 | at.month << 5 | at.day


def _extra(member: Attributes) -> bytes:
    seconds = member.mtime_ns // _SECOND
    times = _field(_TIMES, "<Bi", 1, seconds) if -(2**31) <= seconds < 2**31 else b""
    return times + _field(_OWNER, "<BBIBI", 1, 4, member.uid, 4, member.gid)


def _field(tag: int, form: str, *values: int) -> bytes:
    data = struct.pack(form, *values)
    return struct.pack("<HH", tag, len(data)) + data
