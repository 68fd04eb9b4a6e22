"""File systems that dissect.target reads and that need nothing of their own here."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import Protocol

from dissect.target.filesystem import Filesystem, FilesystemEntry
from dissect.target.filesystems.apfs import ApfsFilesystem
from dissect.target.filesystems.btrfs import BtrfsFilesystem
from dissect.target.filesystems.cramfs import CramfsFilesystem
from dissect.target.filesystems.ffs import FfsFilesystem
from dissect.target.filesystems.jffs import JffsFilesystem
from dissect.target.filesystems.qnxfs import QnxFilesystem
from dissect.target.filesystems.squashfs import SquashFSFilesystem
from dissect.target.filesystems.vmfs import VmfsFilesystem
from dissect.target.filesystems.xfs import XfsFilesystem

from kavalan.sources.archive.passage import CHUNK
from kavalan.sources.archive.records import Rest, Still
from kavalan.sources.diskimage.entry import DEEPEST, Entry, Seen, nothing
from kavalan.sources.diskimage.modes import REFUSED
from kavalan.sources.diskimage.streams import Stream
from kavalan.sources.diskimage.walk import steps

_KINDS: tuple[tuple[str, type[Filesystem]], ...] = (
    ("xfs", XfsFilesystem),
    ("apfs", ApfsFilesystem),
    ("btrfs", BtrfsFilesystem),
    ("squashfs", SquashFSFilesystem),
    ("cramfs", CramfsFilesystem),
    ("vmfs", VmfsFilesystem),
    ("ufs", FfsFilesystem),
    ("jffs2", JffsFilesystem),
    ("qnx", QnxFilesystem),
)


class Reads(Protocol):
    """A volume that can be walked."""

    name: str

    def entries(self) -> Iterator[Seen]:
        """All files."""
        ...


class Other:
    """A volume."""

    def __init__(self, name: str, system: Filesystem) -> None:
        self.name = name
        self._system = system

    def entries(self) -> Iterator[Seen]:
        """All files, names in byte order; volumes within the volume behind them."""
        yield from self._below(self._system, b"")
        if isinstance(self._system, BtrfsFilesystem):
            for subvolume in self._system.iter_subfs():
                yield from self._below(subvolume, b"$subvolume %d/" % int(subvolume.subvolume.objectid))

    def _below(self, system: Filesystem, prefix: bytes) -> Iterator[Seen]:
        visited: set[int] = set()
        levels = [self._names(system.get("/"), prefix)]
        for step in steps(levels):
            if isinstance(step, Rest | Still):
                yield step
                continue
            name, entry = step
            try:
                facts = entry.lstat()
            except Exception as error:  # noqa: BLE001 - whatever a reader of a damaged entry raises costs this one
                yield Entry(name, nothing, 0, refusal=f"cannot be examined: {type(error).__name__}: {error}"[:400])
                continue
            if not stat.S_ISDIR(facts.st_mode):
                yield _entry(name, entry)
            elif facts.st_ino in visited or len(levels) > DEEPEST:
                yield Rest(f"the folder of inode {facts.st_ino} has been read before, or is too deep")
            else:
                visited.add(facts.st_ino)
                levels.append(self._names(entry, name + b"/"))

    def _names(self, folder: FilesystemEntry, prefix: bytes) -> Iterator[tuple[bytes, FilesystemEntry] | Rest]:
        try:
            listing = sorted((each.name.encode("utf-8", "surrogateescape"), each) for each in folder.scandir())
            for name, each in listing:
                yield prefix + name.replace(b"/", b"_"), each.get()
        except Exception as error:  # noqa: BLE001 - whatever a reader of a damaged folder raises costs this one
            yield Rest(f"a folder is not read to its end: {type(error).__name__}: {error}"[:400])


def open_other(volume: Stream) -> Other | None:
    """The file system of a volume, where it is one of these."""
    for name, kind in _KINDS:
        volume.seek(0)
        if kind.detect(volume):
            return Other(name, kind(volume))
    return None


def _entry(name: bytes, entry: FilesystemEntry) -> Entry:
    facts = entry.lstat()
    refusal = REFUSED.get(stat.S_IFMT(facts.st_mode))

    def chunks() -> Iterator[bytes]:
        opened = entry.open()
        while piece := opened.read(CHUNK):
            yield piece

    born = getattr(facts, "st_birthtime_ns", None)
    return Entry(
        name,
        nothing if refusal else chunks,
        facts.st_size,
        modified=_microseconds(facts.st_mtime_ns),
        created=_microseconds(born) if born else None,
        accessed=_microseconds(facts.st_atime_ns),
        changed=_microseconds(facts.st_ctime_ns),
        refusal=refusal,
    )


def _microseconds(nanoseconds: int) -> int:
    return int(nanoseconds) // 1000
