"""Make a small disk image without any program: an MBR and one FAT16 volume with folders, long names and deleted files.

    python examples/disk_image.py card.img

What is on it is invented; the deleted file is one that a person removed, whose bytes are still where they were. Format:
Microsoft, "FAT32 File System Specification" 1.03.
"""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

_SECTOR = 512
_PER_CLUSTER = 4
_CLUSTER = _SECTOR * _PER_CLUSTER
_START = 2048  # sectors before the volume, as every partitioning program leaves them
_ROOTS = 512
_LEAST, _MOST = 4200, 65000  # what makes it FAT16 and neither 12 nor 32
_END = 0xFFFF
_WHEN = datetime(2026, 3, 14, 9, 26, 52, tzinfo=UTC)


class Disk:
    """A volume that is being filled."""

    def __init__(self, opened: BinaryIO, clusters: int, when: datetime) -> None:
        """Lay out the disk.

        Args:
            opened: an empty file; it becomes sparse.
            clusters: of 2 KiB each, between 4200 and 65000.
            when: every time on it, as a camera's clock would have it.

        Raises:
            ValueError: as many clusters are no FAT16.
        """
        if not _LEAST <= clusters <= _MOST:
            raise ValueError(f"{clusters} clusters are not a FAT16 volume: from {_LEAST} to {_MOST}")
        self._opened = opened
        self._when = when
        self._table_sectors = -(-2 * (clusters + 2) // _SECTOR)
        self._roots_at = (_START + 1 + 2 * self._table_sectors) * _SECTOR
        self._heap = self._roots_at + _ROOTS * 32
        self._sectors = (self._heap - _START * _SECTOR) // _SECTOR + clusters * _PER_CLUSTER
        self._table = [0xFFF8, _END]
        self._clusters = clusters

    def fill(self, files: Mapping[str, bytes], deleted: Collection[str]) -> None:
        """Write everything: folders are made of the paths of the files."""
        root = self._folder(files, set(deleted), "", 0)
        self._write(self._roots_at, root)
        self._write(0, self._partitions())
        self._write(_START * _SECTOR, self._boot())
        table = struct.pack(f"<{len(self._table)}H", *self._table)
        for copy in range(2):
            self._write((_START + 1 + copy * self._table_sectors) * _SECTOR, table)
        self._opened.truncate((_START + self._sectors) * _SECTOR)

    def _folder(self, files: Mapping[str, bytes], deleted: set[str], prefix: str, above: int) -> bytes:
        """The entries of a folder whose files and folders have been written."""
        inside = [name for name in files if name.startswith(prefix)]
        names = dict.fromkeys(name[len(prefix) :].split("/")[0] for name in inside)
        entries, taken = b"", set[bytes]()
        for name in names:
            short = _short(name, taken)
            whole = prefix + name
            if whole in files:
                first, size, kind = self._store(files[whole], gone=whole in deleted), len(files[whole]), 0x20
            else:
                first, size, kind = self._subfolder(files, deleted, whole + "/", above), 0, 0x10
            entry = _long(name, short) + self._entry(short, kind, first, size)
            entries += _crossed_out(entry) if whole in deleted else entry
        return entries

    def _subfolder(self, files: Mapping[str, bytes], deleted: set[str], prefix: str, above: int) -> int:
        """A folder in clusters of its own; its number stands in its first two entries."""
        count = sum(1 for name in files if name.startswith(prefix))
        longest = max(len(name) for name in files if name.startswith(prefix))
        room = bytes(32 * (3 + count * (2 + longest // 13)))
        first = self._store(room, gone=False)
        own = self._entry(b".          ", 0x10, first, 0) + self._entry(b"..         ", 0x10, above, 0)
        self._write(self._heap + (first - 2) * _CLUSTER, own + self._folder(files, deleted, prefix, first))
        return first

    def _store(self, content: bytes, *, gone: bool) -> int:
        """Put content into the next clusters; those of what is gone are free again, and nothing is put there."""
        if not content:
            return 0
        first, count = len(self._table), -(-len(content) // _CLUSTER)
        if first + count > self._clusters + 2:
            raise ValueError("the files do not fit on the disk")
        self._write(self._heap + (first - 2) * _CLUSTER, content)
        self._table += [0] * count if gone else [*range(first + 1, first + count), _END]
        return first

    def _entry(self, short: bytes, kind: int, first: int, size: int) -> bytes:
        when = self._when
        date = (when.year - 1980) << 9 | when.month << 5 | when.day
        time = when.hour << 11 | when.minute << 5 | when.second // 2
        return struct.pack("<11sBBBHHHHHHHI", short, kind, 0, 0, time, date, date, 0, time, date, first, size)

    def _boot(self) -> bytes:
        label = struct.pack("<BBBI11s8s", 0x80, 0, 0x29, 0x1234ABCD, b"NO NAME    ", b"FAT16   ")
        size = (self._sectors, 0) if self._sectors < 1 << 16 else (0, self._sectors)
        fields = struct.pack(
            "<3s8sHBHBHHBHHHII", b"\xeb\x3c\x90", b"KAVALAN ", _SECTOR, _PER_CLUSTER, 1, 2, _ROOTS, size[0], 0xF8,
            self._table_sectors, 63, 255, _START, size[1],
        )  # fmt: skip
        return (fields + label).ljust(510, b"\0") + b"\x55\xaa"

    def _partitions(self) -> bytes:
        entry = struct.pack("<B3sB3sII", 0, b"\xfe\xff\xff", 0x06, b"\xfe\xff\xff", _START, self._sectors)
        return bytes(446) + entry + bytes(48) + b"\x55\xaa"

    def _write(self, at: int, content: bytes) -> None:
        self._opened.seek(at)
        self._opened.write(content)


def make_disk(
    path: Path,
    files: Mapping[str, bytes],
    deleted: Collection[str] = (),
    *,
    clusters: int = 4200,
    when: datetime = _WHEN,
) -> Path:
    """Write a disk image.

    Args:
        path: of the image; replaced if it is there.
        files: content by path, parts separated by `/`.
        deleted: which of them were deleted.
        clusters: see `Disk`.
        when: see `Disk`.

    Raises:
        ValueError: the files do not fit.
    """
    with path.open("wb") as opened:
        Disk(opened, clusters, when).fill(files, deleted)
    return path


def _short(name: str, taken: set[bytes]) -> bytes:
    """An old name of eight and three letters for a long one, unlike the others in its folder."""
    base, _, ending = name.rpartition(".") if "." in name[1:] else (name, "", "")
    plain = [re.sub(r"[^A-Z0-9_-]", "_", part.upper()) for part in (base or ending, ending if base else "")]
    for number in range(1, 10_000):
        mark = f"~{number}"
        short = (plain[0][: 8 - len(mark)] + mark).ljust(8).encode() + plain[1][:3].ljust(3).encode()
        if short not in taken:
            taken.add(short)
            return short
    raise ValueError(f"too many names like {name!r} in one folder")


def _long(name: str, short: bytes) -> bytes:
    """The entries that hold a long name: last part first."""
    checksum = 0
    for byte in short:
        checksum = (((checksum & 1) << 7) + (checksum >> 1) + byte) & 0xFF
    units = name.encode("utf-16-le")
    parts = [units[at : at + 26] for at in range(0, len(units), 26)]
    entries = b""
    for number, part in reversed(list(enumerate(parts, 1))):
        padded = part if len(part) == 26 else (part + b"\0\0").ljust(26, b"\xff")
        order = number | (0x40 if number == len(parts) else 0)
        entries += struct.pack("<B10sBBB12sH4s", order, padded[:10], 0x0F, 0, checksum, padded[10:22], 0, padded[22:])
    return entries


def _crossed_out(entries: bytes) -> bytes:
    """Entries of a file that was deleted: the first byte of each."""
    return b"".join(b"\xe5" + entries[at + 1 : at + 32] for at in range(0, len(entries), 32))


def main() -> None:
    """Make the image that is named on the command line."""
    made = make_disk(
        Path(sys.argv[1]),
        {
            "DCIM/100CARD/IMG_0001.txt": b"where a picture of a landscape would be\n" * 50,
            "DCIM/100CARD/a name that is longer than a card of 1996 could hold.txt": b"long\n",
            "Notes/ഒരു കുറിപ്പ്.txt": "ഒരു കുറിപ്പ്\n".encode(),
            "DCIM/100CARD/IMG_0002.txt": b"somebody deleted this one\n" * 200,
        },
        deleted=["DCIM/100CARD/IMG_0002.txt"],
    )
    print(f"{made}: {made.stat().st_size} bytes")


if __name__ == "__main__":
    main()
