"""The medium that an image holds: what a reader of the disk itself would have seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from dissect.hypervisor.disk.qcow2 import QCow2
from dissect.hypervisor.disk.vdi import VDI
from dissect.hypervisor.disk.vhd import VHD
from dissect.hypervisor.disk.vhdx import VHDX
from dissect.hypervisor.disk.vmdk import VMDK

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.diskimage.ewf import Ewf
from kavalan.sources.diskimage.recognise import image_in
from kavalan.sources.diskimage.streams import Foreign, Joined, Plain, Stream
from kavalan.sources.item import Algorithm

_VHD_DIFFERENCING = 4
_VDI_DIFFERENCING = 4
_CHILD = "it keeps only what changed against another image, which is not read with it"
_PARENT = re.compile(rb"^parentCID\s*=\s*([0-9a-fA-F]+)", re.MULTILINE)
_EXTENT = re.compile(rb"^(?:RW|RDONLY|NOACCESS) (\d+) (\w+)(?: \"[^\"]*\" ?(\d*))?", re.MULTILINE)


class Medium(NamedTuple):
    """A medium.

    Attributes:
        stream: its bytes.
        digests: what the image says they are.
        trouble: what of it cannot be read, in words.
    """

    stream: Stream
    digests: tuple[tuple[Algorithm, bytes], ...] = ()
    trouble: tuple[str, ...] = ()


def open_medium(source: BinaryIO, beside: Sequence[BinaryIO]) -> Medium:
    """The medium in an image.

    Args:
        source: the image, or its first file.
        beside: its other files, in their order.

    Raises:
        DamagedError: it cannot be read at all. Readers of hostile headers raise others, too.
    """
    first = Plain(source)
    files = [first, *map(Plain, beside)]
    kind = image_in(first.at(0, 4096), source.fileno())
    if kind == "E01":
        image = Ewf(files)
        return Medium(image, image.digests, tuple(image.trouble))
    if kind == "VMDK":
        return Medium(_vmdk(files))
    if kind in {"VHD", "VHDX", "QCOW2", "VDI"}:
        return Medium({"VHD": _vhd, "VHDX": _vhdx, "QCOW2": _qcow2, "VDI": _vdi}[kind](first))
    return Medium(Joined(files) if beside else first)


def _vmdk(files: list[Plain]) -> Stream:
    head = files[0].at(0, 1 << 16)
    parent = _PARENT.search(head)
    if parent is not None and parent[1].lower() != b"ffffffff":
        raise DamagedError(_CHILD)
    if head.startswith(b"# Disk DescriptorFile"):
        return _described(head, files[1:])
    disk = VMDK([files[0]])
    return Foreign(disk, disk.size)


def _described(descriptor: bytes, files: list[Plain]) -> Stream:
    """Extents behind one another, each as long as the descriptor says."""
    extents = _EXTENT.findall(descriptor.replace(b"\r", b""))
    if len([kind for _, kind, _ in extents if kind != b"ZERO"]) != len(files):
        raise DamagedError("not all the extents that its descriptor names lie beside it")
    parts: list[Stream] = []
    waiting = iter(files)
    for sectors, kind, start in extents:
        size = int(sectors) * 512
        if kind == b"ZERO" or int(start or 0):
            raise DamagedError(f"an extent of a kind that is not read: {kind.decode()}")
        disk = VMDK([next(waiting)])
        parts.append(Foreign(disk, min(size, disk.size)))
    return Joined(parts)


def _vhd(first: Plain) -> Stream:
    if int.from_bytes(first.at(60, 4), "big") == _VHD_DIFFERENCING:
        raise DamagedError(_CHILD)
    disk = VHD(first)
    return Foreign(disk, disk.size)


def _vhdx(first: Plain) -> Stream:
    disk = VHDX(first)
    return Foreign(disk, disk.size)


def _qcow2(first: Plain) -> Stream:
    if int.from_bytes(first.at(8, 8), "big"):
        raise DamagedError(_CHILD)
    image = QCow2(first)
    return Foreign(image.open(), image.size)


def _vdi(first: Plain) -> Stream:
    image = VDI(first)
    if int(image.type) == _VDI_DIFFERENCING:
        raise DamagedError(_CHILD)
    return Foreign(image.open(), image.size)
