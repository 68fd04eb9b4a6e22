from collections.abc import Iterator

from dissect.target.filesystem import Filesystem

class _Subvolume:
    objectid: int

class BtrfsSubvolumeFilesystem(Filesystem):
    subvolume: _Subvolume

class BtrfsFilesystem(Filesystem):
    def iter_subfs(self) -> Iterator[BtrfsSubvolumeFilesystem]: ...
