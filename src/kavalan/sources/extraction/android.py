"""Android backups (`adb backup`, `.ab`): a few lines of text, then a TAR, deflated or not.

Header and domains as in Android's own source (`BackupManagerService`, `FullBackup.java`). Versions 1 to 5 differ in how
a password becomes a key, not in what is read here.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import msgspec

from kavalan.sources.archive.decoders import Decoder, Inflate, Squeezed
from kavalan.sources.archive.passage import CHUNK, Passage, Said, rest
from kavalan.sources.archive.records import NAME_BYTES, Begin, Request
from kavalan.sources.archive.tar import read_tar

if TYPE_CHECKING:
    from typing_extensions import Buffer

MAGIC = b"ANDROID BACKUP\n"
_HEAD_BYTES = 1024
_NEWEST = 5
# Below `apps/PACKAGE/`: domain → where Android restores it; of the first user, of credential-encrypted storage.
_DOMAINS = {
    b"a": b"/data/app/%s/",
    b"r": b"/data/data/%s/",
    b"f": b"/data/data/%s/files/",
    b"db": b"/data/data/%s/databases/",
    b"sp": b"/data/data/%s/shared_prefs/",
    b"c": b"/data/data/%s/cache/",
    b"nb": b"/data/data/%s/no_backup/",
    b"d_r": b"/data/user_de/0/%s/",
    b"d_f": b"/data/user_de/0/%s/files/",
    b"d_db": b"/data/user_de/0/%s/databases/",
    b"d_sp": b"/data/user_de/0/%s/shared_prefs/",
    b"d_c": b"/data/user_de/0/%s/cache/",
    b"d_nb": b"/data/user_de/0/%s/no_backup/",
    b"ef": b"/storage/emulated/0/Android/data/%s/files/",
    b"obb": b"/storage/emulated/0/Android/obb/%s/",
}


class Header(NamedTuple):
    """The lines before the data.

    Attributes:
        version: of the format.
        compressed: the TAR is deflated.
        encryption: `none`, or the name of a cipher.
        length: bytes of the header, without what an encrypted one adds.
    """

    version: int
    compressed: bool
    encryption: str
    length: int


def read_android(source: BinaryIO, request: Request, passage: Passage) -> Iterator[Said]:
    """Say the members of the TAR, each with its path on the device where its domain tells it."""
    header = parse_header(os.pread(source.fileno(), _HEAD_BYTES, 0))
    if isinstance(header, str):
        yield rest(header)
        return
    if header.encryption != "none":
        yield rest(f"an Android backup encrypted with {header.encryption}: nothing in it is read without its password")
        return
    passage.describe_by(_about)
    yield from read_tar(_opened(source.fileno(), header, request), request, passage)


def _about(begin: Begin) -> Begin:
    return msgspec.structs.replace(begin, original=original(begin.name))


def parse_header(head: bytes) -> Header | str:
    """The header at the beginning of a file, or why it is none that is read."""
    lines = head.split(b"\n", 4)
    if len(lines) < 5 or not lines[1].isdigit() or lines[2] not in {b"0", b"1"}:
        return "the header of an Android backup that is cut off or none"
    version = int(lines[1][:9])
    if not 1 <= version <= _NEWEST:
        return f"an Android backup of version {version}; versions 1 to {_NEWEST} are read"
    encryption = lines[3][:40].decode("ascii", "backslashreplace")
    return Header(version, lines[2] == b"1", encryption, sum(len(line) + 1 for line in lines[:4]))


def original(name: bytes) -> bytes | None:
    """Where a member lay on the device; None for what Android adds to the backup and for unknown domains."""
    parts = name.split(b"/", 3)
    if parts[0] == b"shared" and len(parts) > 2 and parts[1].isdigit():
        return (b"/storage/emulated/" + name.split(b"/", 1)[1])[:NAME_BYTES]
    if parts[0] == b"apps" and len(parts) == 4 and parts[2] in _DOMAINS:
        return (_DOMAINS[parts[2]] % parts[1] + parts[3])[:NAME_BYTES]
    return None


def _opened(descriptor: int, header: Header, request: Request) -> BinaryIO | Squeezed:
    if header.compressed:
        return Squeezed(_pieces(descriptor, header.length), _inflate, request.allowance)
    return io.BufferedReader(_Behind(descriptor, header.length))


def _inflate() -> Decoder:
    return Inflate(15)


class _Behind(io.RawIOBase):
    """A file from a place in it on."""

    def __init__(self, descriptor: int, start: int) -> None:
        self._descriptor = descriptor
        self._start = start
        self._at = 0

    def readable(self) -> bool:
        """For `io.BufferedReader`."""
        return True

    def seekable(self) -> bool:
        """To any place behind the start."""
        return True

    def tell(self) -> int:
        """Bytes behind the start."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place; ends are not asked for."""
        self._at = offset if whence == os.SEEK_SET else self._at + offset
        return self._at

    def readinto(self, buffer: Buffer, /) -> int:
        """The next bytes."""
        view = memoryview(buffer)
        piece = os.pread(self._descriptor, len(view), self._start + self._at)
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _pieces(descriptor: int, at: int) -> Iterator[bytes]:
    while piece := os.pread(descriptor, CHUNK, at):
        yield piece
        at += len(piece)
