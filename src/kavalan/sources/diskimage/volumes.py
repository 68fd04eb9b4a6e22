"""The volumes of a medium, and which of them can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dissect.target import volume as volume_systems
from dissect.volume.disk import Disk

from kavalan.sources.archive.records import Rest
from kavalan.sources.diskimage.exfat import ExFat
from kavalan.sources.diskimage.ext import Ext
from kavalan.sources.diskimage.fat import Fat
from kavalan.sources.diskimage.ntfs import Ntfs
from kavalan.sources.diskimage.other import Reads, open_other
from kavalan.sources.diskimage.recognise import file_system
from kavalan.sources.diskimage.streams import Foreign, Stream, Within

_HEAD = 4096
_NAMED = {"BitLocker": "encrypted with BitLocker", "LUKS": "encrypted with LUKS", "hfs+": "of HFS+, which is not read"}
_MOST = 512


class Volume(NamedTuple):
    """A stretch of a medium.

    Attributes:
        label: how it is named: its number in the partition table, or the name of a logical volume.
        stream: its bytes.
        offset: at which byte of the medium it begins; None for a logical volume, which may lie in pieces.
    """

    label: str
    stream: Stream
    offset: int | None

    def __str__(self) -> str:
        where = "" if self.offset is None else f", at byte {self.offset}"
        return f"volume {self.label} ({self.stream.size} bytes{where})"


def volumes_of(medium: Stream) -> Iterator[Volume | Rest]:
    """All volumes, in the order of their table, then the logical ones that are made of them."""
    if file_system(medium.at(0, _HEAD)) is not None:
        yield Volume("1", medium, 0)
        return
    found: list[Volume] = []
    try:
        disk = _table(medium)
    except Exception as error:  # noqa: BLE001 - whatever a reader of a damaged table raises, there is none
        whole = Volume("1", medium, 0)
        if open_volume_kind(whole) is None and not _is_physical(whole):
            yield Rest(f"no partition table and no file system that is known ({type(error).__name__})")
            return
        found.append(whole)
    else:
        # Their own numbers come twice where volumes lie in an extended one.
        for number, partition in enumerate(disk.partitions[:_MOST], 1):
            size = max(0, min(int(partition.size), medium.size - int(partition.offset)))
            if size < int(partition.size):
                yield Rest(f"volume {number} reaches {int(partition.size) - size} bytes beyond the medium")
            stream = Within(medium, int(partition.offset), size)
            found.append(Volume(str(number), stream, int(partition.offset)))
    physical = [volume for volume in found if _is_physical(volume)]
    yield from (volume for volume in found if volume not in physical)
    yield from _logical(physical)


def _table(medium: Stream) -> Disk:
    """The partition table, which counts in sectors of the medium: of 512 bytes, or of 4096."""
    large = medium.at(4096, 8) == b"EFI PART"
    return Disk(medium, sector_size=4096 if large else 512)


def open_volume_kind(volume: Volume) -> str | None:
    """The kind of a volume, where its head tells."""
    head = volume.stream.at(0, _HEAD)
    if volume.stream.at(0x10040, 8) == b"_BHRfS_M":
        return "btrfs"
    return file_system(head)


def open_volume(volume: Volume) -> Reads | Rest:
    """The file system on a volume, or why there is none to read.

    Raises:
        DamagedError: it cannot be read. Readers of hostile headers raise others, too.
    """
    kind = file_system(volume.stream.at(0, _HEAD))
    if kind in _NAMED:
        return Rest(f"{volume} is {_NAMED[kind]}")
    if kind == "fat":
        return Fat(volume.stream)
    if kind == "exfat":
        return ExFat(volume.stream)
    if kind == "ntfs":
        return Ntfs(volume.stream)
    if kind is not None and kind.startswith("ext"):
        return Ext(volume.stream, kind)
    other = open_other(volume.stream)
    return Rest(f"{volume} holds {_nothing_known(volume.stream)}") if other is None else other


def _nothing_known(stream: Stream) -> str:
    head = stream.at(0, _HEAD)
    if head[4086:] == b"SWAPSPACE2":
        return "swapped memory, which is not searched"
    if stream.size == 0:
        return "nothing: it lies behind the end of the medium"
    return "no file system that is known"


def _is_physical(volume: Volume) -> bool:
    """Whether it is a part of logical volumes."""
    try:
        return open_volume_kind(volume) is None and volume_systems.is_lvm_volume(volume.stream)
    except Exception:  # noqa: BLE001 - whatever a reader of hostile headers raises, it is none
        return False


def _logical(physical: list[Volume]) -> Iterator[Volume | Rest]:
    """The volumes that LVM or RAID makes of others."""
    if not physical:
        return
    count = 0
    try:
        for system in volume_systems.open_lvm([volume.stream for volume in physical]):
            for each in system.volumes:
                count += 1
                label = f"{system.__type__} {each.name or each.number}".replace("/", "_")
                yield Volume(label, Foreign(each, int(each.size)), None)
    except Exception as error:  # noqa: BLE001 - whatever a reader of hostile headers raises
        yield Rest(f"logical volumes that cannot be put together: {type(error).__name__}: {error}"[:400])
        return
    if not count:
        names = ", ".join(map(str, physical))
        yield Rest(f"logical volumes that cannot be put together, on {names}"[:400])
