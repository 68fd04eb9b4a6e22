from collections.abc import Iterator
from typing import BinaryIO

class _Facts:
    st_mode: int
    st_ino: int
    st_size: int
    st_mtime_ns: int
    st_atime_ns: int
    st_ctime_ns: int

class FilesystemEntry:
    name: str
    def scandir(self) -> Iterator[DirEntry]: ...
    def lstat(self) -> _Facts: ...
    def open(self) -> BinaryIO: ...

class DirEntry:
    name: str
    def get(self) -> FilesystemEntry: ...

class Filesystem:
    def __init__(self, fh: object) -> None: ...
    @classmethod
    def detect(cls, fh: object) -> bool: ...
    def get(self, path: str) -> FilesystemEntry: ...
