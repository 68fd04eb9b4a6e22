"""Compound files for tests, written as plainly as [MS-CFB] allows: 512-byte sectors, a FAT, one small-stream table."""

from __future__ import annotations

import struct

SECTOR, SMALL, CUTOFF = 512, 64, 4096
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5


def _padded(content: bytes, size: int) -> bytes:
    return content + bytes(-len(content) % size)


class _Folder(dict):
    """Folders are dictionaries; streams are bytes."""


def _tree(files: dict[str, bytes]) -> _Folder:
    root = _Folder()
    for path, content in files.items():
        *folders, name = path.split("/")
        place = root
        for folder in folders:
            place = place.setdefault(folder, _Folder())
        place[name] = content
    return root


class _Writer:
    def __init__(self):
        self.sectors, self.fat, self.small, self.small_fat = [], [], bytearray(), []
        self.entries: list[list] = [["Root Entry", ROOT, FREE, b"", FREE]]

    def add(self, folder, owner):
        """A list down one side is a tree, if no red-black one; readers follow it."""
        below = FREE
        for name in sorted(folder, key=lambda each: (len(each), each.upper()), reverse=True):
            value = folder[name]
            kind = STORAGE if isinstance(value, _Folder) else STREAM
            self.entries.append([name, kind, FREE, b"" if kind == STORAGE else value, below])
            below = len(self.entries) - 1
            if kind == STORAGE:
                self.add(value, below)
        self.entries[owner][2] = below

    def place(self, content: bytes) -> int:
        if not content:
            return END
        first = len(self.sectors)
        pieces = _padded(content, SECTOR)
        for at in range(0, len(pieces), SECTOR):
            self.sectors.append(pieces[at : at + SECTOR])
            self.fat.append(len(self.sectors))
        self.fat[-1] = END
        return first

    def place_small(self, content: bytes) -> int:
        if not content:
            return END
        first = len(self.small_fat)
        self.small_fat += range(first + 1, first + 1 + len(_padded(content, SMALL)) // SMALL)
        self.small_fat[-1] = END
        self.small.extend(_padded(content, SMALL))
        return first

    def place_stream(self, entry) -> int:
        if entry[1] != STREAM:
            return 0
        return self.place(entry[3]) if len(entry[3]) >= CUTOFF else self.place_small(entry[3])

    def directory(self, starts) -> bytes:
        rows = [self._row(entry, start) for entry, start in zip(self.entries, starts, strict=True)]
        unused = bytes(68) + b"\xff" * 12 + bytes(48)
        return b"".join(rows) + unused * (-len(rows) % 4)

    def _row(self, entry, start) -> bytes:
        name, kind, child, content, beside = entry
        size = len(self.small) if kind == ROOT else len(content)
        spelled = name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBLLL16xLQQLQ", spelled, len(spelled) + 2, kind, 1, FREE, beside, child, 0, 0, 0, start, size
        )


def compound(files: dict[str, bytes]) -> bytes:
    """A compound file of these streams; `/` in a name is a storage."""
    writer = _Writer()
    writer.add(_tree(files), 0)
    starts = [writer.place_stream(entry) for entry in writer.entries]
    starts[0] = writer.place(bytes(writer.small))
    links = struct.pack(f"<{len(writer.small_fat)}L", *writer.small_fat)
    mini = writer.place(links + b"\xff" * (-len(links) % SECTOR))
    directory = writer.place(writer.directory(starts))
    first, count = len(writer.sectors), 1
    while (first + count) * 4 > count * SECTOR:
        count += 1
    assert count <= 109
    table = writer.fat + [FAT] * count
    table += [FREE] * (count * SECTOR // 4 - len(table))
    places = [first + number for number in range(count)] + [FREE] * (109 - count)
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    counts = (0, count, directory, 0, CUTOFF, mini, -(-len(links) // SECTOR), END, 0)
    header = struct.pack("<8s16xHHHHH6xLLLLLLLLL", magic, 0x3E, 3, 0xFFFE, 9, 6, *counts)
    return header + struct.pack("<109L", *places) + b"".join(writer.sectors) + struct.pack(f"<{len(table)}L", *table)


def blip(kind: int, instance: int, content: bytes, digests: int = 1) -> bytes:
    """A picture's record ([MS-ODRAW] 2.2.23)."""
    data = bytes(16 * digests) + b"\xff" + content
    return struct.pack("<HHL", instance << 4, kind, len(data)) + data


def native(label: bytes, path: bytes, content: bytes) -> bytes:
    """An object of the packager."""
    body = b"\2\0" + label + b"\0" + path + b"\0" + b"\0\0\3\0"
    body += struct.pack("<L", len(path) + 1) + path + b"\0" + struct.pack("<L", len(content)) + content
    return struct.pack("<L", len(body)) + body
