"""ext2, ext3 and ext4, read with dissect; its listing of folders is not used.

dissect's passes over the last inode of a volume, joins names that come twice, and takes a hole at the end of a file of
ext2 for block 0. Deleted files are not read: ext3 and ext4 wipe where a file lay when it is deleted.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import BinaryIO

from dissect.extfs import extfs

from kavalan.sources.archive.passage import CHUNK, DamagedError
from kavalan.sources.archive.records import Rest, Still
from kavalan.sources.diskimage.entry import DEEPEST, Entry, Seen, nothing
from kavalan.sources.diskimage.modes import REFUSED
from kavalan.sources.diskimage.streams import Readable
from kavalan.sources.diskimage.walk import steps

_ROOT = 2
_INLINE, _EXTENTS, _ENCRYPTED = 0x10000000, 0x80000, 0x800
_INLINE_MOST = 60
_DIRECTORY_MOST = 1 << 30
_BLOCKS_MOST = 1 << 24


class Ext:
    """A volume."""

    def __init__(self, volume: Readable, name: str) -> None:
        self.name = name
        self._fs = extfs.ExtFS(volume)

    def entries(self) -> Iterator[Seen]:
        """All files, folder by folder."""
        visited = {_ROOT}
        levels = [self._names(_ROOT, b"")]
        for step in steps(levels):
            if isinstance(step, Rest | Still):
                yield step
                continue
            number, name = step
            try:
                node = self._fs.get_inode(number)
                mode = int(node.inode.i_mode)
            except Exception as error:  # noqa: BLE001 - whatever a reader of a damaged inode raises costs this one
                yield _unreadable(name, error)
                continue
            if not stat.S_ISDIR(mode):
                yield self._entry(name, node, mode)
            elif number in visited or len(levels) > DEEPEST:
                yield Rest(f"the folder of inode {number} has been read before, or is too deep")
            else:
                visited.add(number)
                levels.append(self._names(number, name + b"/"))

    def _names(self, number: int, prefix: bytes) -> Iterator[tuple[int, bytes] | Rest]:
        """Inode and path of each entry of a folder."""
        try:
            for block in self._blocks(number):
                for inode, name in listed(block):
                    yield inode, prefix + name
        except Exception as error:  # noqa: BLE001 - whatever a reader of a damaged folder raises costs this one
            yield Rest(f"the folder of inode {number} is not read to its end: {type(error).__name__}: {error}"[:400])

    def _blocks(self, number: int) -> Iterator[bytes]:
        node = self._fs.get_inode(number)
        size = min(node.size, _DIRECTORY_MOST)
        if int(node.inode.i_flags) & _INLINE:
            yield b"\0" * 4 + bytes(node.inode.i_block)[4:_INLINE_MOST]
            return
        opened = self._opened(node)
        for _ in range(-(-size // self._fs.block_size)):
            block = opened.read(self._fs.block_size)
            if not block:
                raise DamagedError("it ends too soon")
            yield block

    def _opened(self, node: extfs.INode) -> BinaryIO:
        """Its content, holes as holes."""
        if not int(node.inode.i_flags) & (_EXTENTS | _INLINE):
            if node.size > _BLOCKS_MOST * self._fs.block_size:
                raise DamagedError(f"{node.size} bytes by a list of blocks are more than is read")
            node._runlist = [(start or None, count) for start, count in node.dataruns()]  # noqa: SLF001 - see above
        return node.open()

    def _entry(self, name: bytes, node: extfs.INode, mode: int) -> Entry:
        flags = int(node.inode.i_flags)
        refusal = REFUSED.get(stat.S_IFMT(mode), None if stat.S_ISREG(mode) else "of no kind that is known, not read")
        if refusal is None and flags & _INLINE and node.size > _INLINE_MOST:
            refusal = "lies partly in its attributes, which are not read"
        remarks = ("encrypted by its file system: its bytes are the encrypted ones",) if flags & _ENCRYPTED else ()
        created = node.crtime_ns

        def chunks() -> Iterator[bytes]:
            opened = self._opened(node)
            while piece := opened.read(CHUNK):
                yield piece

        return Entry(
            name,
            nothing if refusal else chunks,
            node.size,
            modified=_microseconds(node.mtime_ns),
            created=_microseconds(created) if created else None,
            accessed=_microseconds(node.atime_ns),
            changed=_microseconds(node.ctime_ns),
            refusal=refusal,
            remarks=remarks,
        )


def listed(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Inode and name of the entries in one block of a folder, without `.` and `..`."""
    at = 0
    while at + 8 <= len(block):
        inode = int.from_bytes(block[at : at + 4], "little")
        length = int.from_bytes(block[at + 4 : at + 6], "little")
        name = block[at + 8 : at + 8 + block[at + 6]]
        if length < 8:
            return
        if inode and name not in {b"", b".", b".."}:
            yield inode, name
        at += length


def _microseconds(nanoseconds: int) -> int:
    return nanoseconds // 1000


def _unreadable(name: bytes, error: Exception) -> Entry:
    return Entry(name, nothing, 0, refusal=f"its inode cannot be read: {type(error).__name__}: {error}"[:400])
