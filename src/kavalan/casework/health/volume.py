"""Whether the disk of a workspace is encrypted, as far as the kernel tells."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from kavalan.casework.health.finding import Finding

_SYS: Final = Path("/sys/dev/block")
_MOUNTS: Final = Path("/proc/self/mountinfo")
_ENCRYPTING: Final = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs"})
_CURE: Final = (
    "names and hashes lie there in clear: move the workspace to a volume encrypted with LUKS (`cryptsetup "
    "luksFormat`), or where the disk encrypts itself, note that in the station's record"
)


def encryption(path: Path, sys: Path = _SYS, mounts: Path = _MOUNTS) -> Finding:
    """Look for dm-crypt anywhere below the file system, or an encrypting file system.

    Args:
        path: the workspace.
        sys: the kernel's folder of block devices, by MAJOR:MINOR.
        mounts: the kernel's table of mounts (proc(5), "mountinfo").
    """
    device = path.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    if _file_system(number, mounts) in _ENCRYPTING:
        return Finding("volume", "the file system encrypts what is written")
    block = sys / number
    if not block.exists():
        return Finding("volume", "cannot tell whether it is encrypted: the kernel names no disk for it")
    if _is_crypt(block.resolve()):
        return Finding("volume", "encrypted (dm-crypt)")
    return Finding("volume", "not encrypted by this machine", _CURE)


def _file_system(number: str, mounts: Path) -> str | None:
    """The kind of file system that is mounted from a device."""
    for line in mounts.read_text(errors="surrogateescape").splitlines():
        before, _, after = line.partition(" - ")
        if before.split()[2:3] == [number] and after:
            return after.split()[0]
    return None


def _is_crypt(block: Path) -> bool:
    """Whether a device or whatever it lies on is made by dm-crypt; a partition is asked at its disk."""
    uuid = block / "dm" / "uuid"
    if uuid.is_file() and uuid.read_text().startswith("CRYPT-"):
        return True
    below = sorted((block / "slaves").iterdir()) if (block / "slaves").is_dir() else []
    if below:
        # A volume over several disks is as encrypted as the least of them.
        return all(_is_crypt(one.resolve()) for one in below)
    return (block / "partition").is_file() and (block.parent / "dm").is_dir() and _is_crypt(block.parent)
