"""Which files are images of a disk, told by content: cheap enough for every file, and strict.

A signature of a few bytes somewhere is no image: what would follow from it must hold as well, since a picture or a
database that is taken for a disk costs a reader and puts an item without meaning into the answer.
"""

from __future__ import annotations

import itertools
import os
import struct
from importlib.util import find_spec

SECTOR = 512
EWF = b"EVF\x09\x0d\x0a\xff\x00"
_BTRFS_AT = 0x10040
_MAGICS = (
    (0, EWF, "E01"),
    (0, b"KDMV", "VMDK"),
    (0, b"COWD", "VMDK"),
    (0, b"# Disk DescriptorFile", "VMDK"),
    (0, b"vhdxfile", "VHDX"),
    (0, b"conectix", "VHD"),
    (0, b"QFI\xfb\0\0\0", "QCOW2"),
    (64, b"\x7f\x10\xda\xbe", "VDI"),
)
_UNREAD = (
    (b"EVF2\r\n\x81\x00", "a disk image of the newer EnCase format (Ex01)"),
    (b"LEF2\r\n\x81\x00", "a logical image of the newer EnCase format (Lx01)"),
    (b"LVF\x09\x0d\x0a\xff\x00", "a logical image of EnCase (L01)"),
    (b"ADSEGMENTEDFILE\0", "a logical image of FTK (AD1)"),
    (b"AFF10\r\n\0", "a disk image of the Advanced Forensic Format (AFF)"),
    (b"CISO", "a compressed disk image (CISO)"),
)
_FAT_MEDIA = {0xF0, *range(0xF8, 0x100)}


def readable() -> bool:
    """Whether what reads disk images is installed; nothing of it is imported."""
    try:
        return find_spec("dissect.target") is not None
    except ModuleNotFoundError:
        return False


def unread_image(head: bytes) -> str | None:
    """The name of a kind of image that is not read."""
    return next((name for magic, name in _UNREAD if head.startswith(magic)), None)


def image_in(head: bytes, descriptor: int) -> str | None:
    """Which kind of disk image a file is: `E01`, `VMDK`, `VHDX`, `VHD`, `QCOW2`, `VDI`, `raw`, or None.

    Args:
        head: its first 4096 bytes.
        descriptor: of the whole; at most 8 bytes behind the head are read.

    Raises:
        OSError: it cannot be read.
    """
    for at, magic, name in _MAGICS:
        if head[at : at + len(magic)] == magic:
            return name
    size = os.fstat(descriptor).st_size
    if size < 8 * SECTOR or len(head) < 8 * SECTOR:
        return None
    if file_system(head) is not None or _gpt(head) or _mbr(head, size) or _apple(head):
        return "raw"
    if head[SECTOR : SECTOR + 8] == b"LABELONE" and head[SECTOR + 24 : SECTOR + 32] == b"LVM2 001":
        return "raw"
    # Only what begins with zeros, as a Btrfs does, costs the second read.
    if size > _BTRFS_AT + 8 and not any(head) and os.pread(descriptor, 8, _BTRFS_AT) == b"_BHRfS_M":
        return "raw"
    return None


def file_system(head: bytes) -> str | None:
    """The file system, or the encryption, that begins with these 4096 bytes; Btrfs is not told by them."""
    boot = head[SECTOR - 2 : SECTOR] == b"\x55\xaa"
    if boot and head[3:11] == b"NTFS    " and not any(head[14:21]):
        return "ntfs"
    if boot and head[3:11] == b"EXFAT   " and not any(head[11:64]):
        return "exfat"
    if head[3:11] == b"-FVE-FS-":
        return "BitLocker"
    if head[:6] == b"LUKS\xba\xbe":
        return "LUKS"
    if boot and _fat(head):
        return "fat"
    return _ext(head) or _other(head)


def _fat(head: bytes) -> bool:
    """A BIOS parameter block all of whose fields agree (Microsoft, fatgen103, section 3)."""
    sector, cluster, reserved, fats, roots, small = struct.unpack_from("<HBHBHH", head, 11)
    size16, large = struct.unpack_from("<H", head, 22)[0], struct.unpack_from("<I", head, 32)[0]
    size = size16 or struct.unpack_from("<I", head, 36)[0]
    return (
        (head[0] == 0xE9 or (head[0] == 0xEB and head[2] == 0x90))
        and sector in {512, 1024, 2048, 4096}
        and cluster in {1, 2, 4, 8, 16, 32, 64, 128}
        and reserved > 0
        and fats in {1, 2}
        and head[21] in _FAT_MEDIA
        and roots * 32 % sector == 0
        and 0 < reserved + fats * size < (small or large)
        and size > 0
        and (roots > 0) == (size16 > 0)
    )


def _ext(head: bytes) -> str | None:
    """The superblock at byte 1024 (linux, fs/ext4/ext4.h)."""
    if head[1080:1082] != b"\x53\xef" or len(head) < 2048:
        return None
    inodes, blocks, _, _, free = struct.unpack_from("<IIIII", head, 1024)
    first, log_size, _, per_group = struct.unpack_from("<IIII", head, 1044)
    compatible, incompatible = struct.unpack_from("<II", head, 1024 + 92)
    plausible = inodes >= 11 and blocks and free <= inodes and first <= 1 and log_size <= 6 and per_group
    if not plausible:
        return None
    return "ext4" if incompatible & 0x40 else "ext3" if compatible & 0x4 else "ext2"


def _other(head: bytes) -> str | None:
    if head[:4] == b"XFSB" and head[4:8] in {b"\0\0\x02\0", b"\0\0\x04\0", b"\0\0\x08\0", b"\0\0\x10\0"}:
        return "xfs"
    if head[32:36] == b"NXSB" and struct.unpack_from("<I", head, 36)[0] in {4096, 8192, 16384, 32768, 65536}:
        return "apfs"
    if head[:4] == b"hsqs" and head[28:32] == b"\4\0\0\0":
        return "squashfs"
    if head[1024:1028] in {b"H+\0\4", b"HX\0\5"}:
        return "hfs+"
    return None


def _gpt(head: bytes) -> bool:
    """A header at the second sector that begins as the standard says (UEFI 2.10, 5.3.2)."""
    for sector in (512, 2048):
        if head[sector : sector + 12] == b"EFI PART\0\0\1\0":
            return struct.unpack_from("<I", head, sector + 12)[0] in range(92, sector + 1)
    return False


def _apple(head: bytes) -> bool:
    return head[:2] == b"ER" and head[SECTOR : SECTOR + 4] == b"PM\0\0"


def _mbr(head: bytes, size: int) -> bool:
    """A partition table whose partitions are in order, apart and within twice the file (it may be cut)."""
    if head[510:512] != b"\x55\xaa" or head[:4] in {b"\x7fELF", b"RIFF"}:
        return False
    spans: list[tuple[int, int]] = []
    for at in range(446, 510, 16):
        status, kind = head[at], head[at + 4]
        first, count = struct.unpack_from("<II", head, at + 8)
        if status not in {0, 0x80} or (kind == 0) != (count == 0):
            return False
        if kind:
            spans.append((first, first + count))
    spans.sort()
    apart = all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    within = all(first > 0 and first * SECTOR < size for first, _ in spans)
    return bool(spans) and apart and within
