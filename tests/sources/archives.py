"""Archives that tests make, and how they read a source. All of it by the standard library and the usual programs."""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from kavalan.sources import open_source, parse

FILES = {
    "DCIM/Camera/IMG_1.jpg": b"\xff\xd8\xff\xe0 no picture" * 400,
    "DCIM/Camera/IMG_2.jpg": b"",
    "DCIM/notes.txt": "ഒരു കുറിപ്പ്\n".encode() * 100,
    "Download/ചിത്രം.txt": b"a file with a Malayalam name",
    "Download/random.bin": random.Random(7).randbytes(400_000),  # noqa: S311 - bytes that do not compress
    "zeros": bytes(600_000),
}


def tree(folder: Path, files=FILES) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zip_of(path: Path, files=FILES, compression=zipfile.ZIP_DEFLATED, **options) -> Path:
    with zipfile.ZipFile(path, "w", compression, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tar_of(path: Path, files=FILES, mode="w", format_=tarfile.GNU_FORMAT) -> Path:
    import io

    with tarfile.open(path, mode, format=format_) as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            member.mtime = 1_700_000_000
            archive.addfile(member, io.BytesIO(content))
    return path


def seven_zip() -> str:
    program = shutil.which("7zz") or shutil.which("7z")
    if program is None:
        pytest.skip("7zz (Debian: 7zip) is not installed")
    return program


def seven_of(path: Path, folder: Path, *options: str) -> Path:
    subprocess.run([seven_zip(), "a", "-bd", *options, str(path), "."], cwd=folder, check=True, capture_output=True)
    return path


def squeezed(path: Path, program: str) -> Path:
    """A file through gzip, bzip2, xz or zstd; the original goes."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    before = set(path.parent.iterdir())
    options = ["--rm"] if program == "zstd" else []
    subprocess.run([program, "-q", *options, str(path)], check=True)
    (made,) = set(path.parent.iterdir()) - before
    return made


def content_of(item) -> bytes:
    opened = item.open()
    if isinstance(opened, int):
        with os.fdopen(opened, "rb") as stream:
            return stream.read()
    buffer, parts = memoryview(bytearray(1 << 20)), []
    while count := opened.readinto(buffer):
        parts.append(bytes(buffer[:count]))
    opened.close()
    return b"".join(parts)


def last_names(path: bytes) -> tuple[bytes, ...]:
    """The names on the way, without the file in the folder."""
    return tuple(part.name for part in parse(path).parts[1:])


def members(path: Path, limits=None) -> dict[bytes, tuple]:
    """Content (None where refused), item and ending of all that is in one archive, by the last name."""
    found = {}
    with open_source(path, limits=limits) as source:
        for item in source.items():
            place = parse(item.path)
            if len(place.parts) > 1 or place.rest:
                content = None if item.refusal else content_of(item)
                key = (
                    b"\0rest"
                    if place.rest
                    else place.parts[-1].name + b"#%d" % place.parts[-1].again * bool(place.parts[-1].again)
                )
                found[key] = (content, item, item.ending())
    return found


def contents(path: Path, limits=None) -> dict[bytes, bytes | None]:
    return {name: content for name, (content, _, _) in members(path, limits).items()}


def with_rar_magic() -> bytes:
    return b"Rar!\x1a\x07\x01\x00" + bytes(100)


def overlapping_zip(path: Path, count: int, kernel: int) -> Path:
    """Fifield's idea, simplest form: many directory entries share one compressed kernel of zeros."""
    import zlib

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(kernel)) + packer.flush()
    crc = zlib.crc32(bytes(kernel))
    name = b"0"
    local = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(packed), kernel, 1, 0) + name + packed
    central = b"".join(
        struct.pack(
            "<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(packed), kernel, 6, 0, 0, 0, 0, 0, 0
        )
        + b"%06d" % number
        for number in range(count)
    )
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, count, count, len(central), len(local), 0)
    path.write_bytes(local + central + end)
    return path
