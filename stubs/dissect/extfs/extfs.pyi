# What kavalan.sources.diskimage uses of dissect.extfs (AGPL-3.0; only the confined reader of disk images imports it).
from typing import BinaryIO

class _Raw:
    i_mode: int
    i_flags: int
    i_block: bytes

class INode:
    inode: _Raw
    size: int
    atime_ns: int
    mtime_ns: int
    ctime_ns: int
    crtime_ns: int | None
    _runlist: list[tuple[int | None, int]] | None
    def dataruns(self) -> list[tuple[int | None, int]]: ...
    def open(self) -> BinaryIO: ...

class ExtFS:
    block_size: int
    def __init__(self, fh: object) -> None: ...
    def get_inode(self, inum: int) -> INode: ...
