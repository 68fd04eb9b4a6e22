"""The photographs that arrive in Debian packages, as files."""

from __future__ import annotations

import mmap
import re
import shutil
from pathlib import Path

from tools import debian

ROOT = Path(__file__).resolve().parent.parent
PHOTOS = debian.CACHE / "photos"

# Below this a picture in a resource file is a button, not a photograph.
_LEAST = 12_000
_WEBP = re.compile(rb"RIFF(....)WEBPVP8", re.DOTALL)


def packages() -> list[str]:
    """The names in photos.txt."""
    lines = (ROOT / "tools" / "photos.txt").read_text().splitlines()
    return [line.split()[0] for line in lines if line and not line.startswith("#")]


def provide(package: str) -> None:
    """Unpack a package below `PHOTOS`, and take the pictures out of its Qt resource files.

    Raises:
        debian.AptError: it cannot be fetched.
    """
    # Under another name until it is whole.
    folder = PHOTOS / f".{package}"
    shutil.rmtree(folder, ignore_errors=True)
    debian.unpack([package], folder)
    for resource in sorted(folder.rglob("*.rcc")):
        # Drawn letters and words, by the hundred.
        if resource.name != "lang.rcc":
            _take_out(resource)
        resource.unlink()
    folder.rename(PHOTOS / package)


def _take_out(resource: Path) -> None:
    """Write each WebP that lies uncompressed in a Qt resource file beside it, named by its place."""
    with resource.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for found in _WEBP.finditer(content):
            size = 8 + int.from_bytes(found[1], "little")
            if size >= _LEAST:
                path = resource.with_name(f"{resource.stem}-{found.start():09d}.webp")
                path.write_bytes(content[found.start() : found.start() + size])
