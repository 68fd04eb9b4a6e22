"""Disk images that tests make, by the usual programs and never by mounting; and what those programs list of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.sources.archives import FILES, tree

DEBIAN = {
    "mke2fs": "e2fsprogs",
    "mkfs.fat": "dosfstools",
    "fsck.fat": "dosfstools",
    "mcopy": "mtools",
    "mdel": "mtools",
    "mdir": "mtools",
    "mkntfs": "ntfs-3g",
    "ntfscp": "ntfs-3g",
    "ewfacquirestream": "ewf-tools",
    "qemu-img": "qemu-utils",
    "fls": "sleuthkit",
    "sfdisk": "fdisk",
    "mksquashfs": "squashfs-tools",
    "mkfs.btrfs": "btrfs-progs",
    "mkfs.xfs": "xfsprogs",
    "mkfs.exfat": "exfatprogs",
}
START = 1 << 20


def needs(*programs: str) -> None:
    """Skip where one of them is absent, with the name of its package."""
    for program in programs:
        if shutil.which(program) is None and not Path("/usr/sbin", program).exists():
            pytest.skip(f"{program} (Debian: {DEBIAN.get(program, program)}) is not installed")


def run(*command: object, **options) -> str:
    needs(str(command[0]))
    path = os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin:/sbin:/bin"
    environment = {"PATH": path, "MTOOLS_SKIP_CHECK": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, env=environment, **options)
    return done.stdout.decode("utf-8", "surrogateescape")


def blank(path: Path, size: int) -> Path:
    with path.open("wb") as opened:
        opened.truncate(size)
    return path


def ext(path: Path, files=FILES, kind="ext4", size=32 << 20, options=()) -> Path:
    """ext2, ext3 or ext4 over a folder that lies beside the image."""
    needs("mke2fs")
    folder = tree(path.with_suffix(".tree"), files) if isinstance(files, dict) else files
    run("mke2fs", "-q", "-t", kind, *options, "-d", folder, blank(path, size))
    return path


def fat(path: Path, files=FILES, bits=16, size=40 << 20, deleted=()) -> Path:
    needs("mkfs.fat", "mcopy", "mdel")
    folder = tree(path.with_suffix(".tree"), files)
    run("mkfs.fat", "-F", bits, blank(path, size))
    run("mcopy", "-s", "-i", path, *sorted(folder.iterdir()), "::")
    for name in deleted:
        run("mdel", "-i", path, f"::{name}")
    return path


def ntfs(path: Path, files=FILES, size=40 << 20) -> Path:
    """NTFS; `ntfscp` makes no folders, so that the files lie in the root by their last names."""
    needs("mkntfs", "ntfscp")
    folder = tree(path.with_suffix(".tree"), files)
    run("mkntfs", "-q", "-F", blank(path, size))
    for name in files:
        run("ntfscp", "-f", path, folder / name, name.rsplit("/", 1)[-1])
    return path


def e01(path: Path, raw: Path, *options: object) -> Path:
    """An E01 of a raw image; `path` is the first segment."""
    needs("ewfacquirestream")
    with raw.open("rb") as opened:
        run("ewfacquirestream", "-q", "-t", path.with_suffix(""), *options, stdin=opened)
    assert path.exists()
    return path


def converted(path: Path, raw: Path, kind: str, *options: object) -> Path:
    """A raw image as `vmdk`, `vpc` (VHD), `vhdx`, `qcow2` or `vdi`."""
    run("qemu-img", "convert", "-O", kind, *options, raw, path)
    return path


def partitioned(path: Path, *volumes: Path, table="dos", kind="L") -> Path:
    """Volumes behind a partition table, each at a whole megabyte."""
    sizes = [-(-volume.stat().st_size // START) * START for volume in volumes]
    blank(path, 2 * START + sum(sizes))
    lines, at = [f"label: {table}"], START
    for size in sizes:
        lines.append(f"start={at // 512}, size={size // 512}, type={kind}")
        at += size
    run("sfdisk", "-q", path, input="\n".join(lines).encode())
    at = START
    with path.open("r+b") as opened:
        for volume, size in zip(volumes, sizes, strict=True):
            opened.seek(at)
            opened.write(volume.read_bytes())
            at += size
    return path


def listed(path: Path, sector: int = 0) -> dict[str, bool]:
    """The files that `fls` names, and whether each is deleted; the file system's own and folders are left out."""
    found = {}
    for line in run("fls", "-r", "-p", "-o", sector, path).splitlines():
        match = re.match(r"(\S)/(\S) (\* )?([\d-]+)(\(realloc\))?:\t(.*)", line)
        if match and match[2] == "r" and not re.match(r"\$(?!orphan)", match[6]):
            found[match[6]] = match[3] is not None
    return found
