"""Files such as a phone holds, made of Debian's photographs and kept in `.cache`: the same on every machine.

By count 60 % JPEG of 12 MP, 20 % JPEG of 2 MP, 10 % PNG of 2 MP and 10 % HEIC of 12 MP.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from tests.fingerprint.heic import heic

from benchmarks.photographs import FOLDER, photographs

if TYPE_CHECKING:
    from collections.abc import Callable

# Kind: files in ten, width and height, pieces across, suffix. A piece is a photograph's own pixels, neither enlarged
# nor reduced, so that a byte costs what it costs in a photograph.
KINDS = {
    "jpeg/12mp": (6, (4000, 3000), 3, ".jpg"),
    "jpeg/2mp": (2, (1632, 1224), 2, ".jpg"),
    "png": (1, (1632, 1224), 2, ".png"),
    "heic": (1, (4000, 3000), 3, ".heic"),
}
# 2 to 3 MB at 12 MP, as phones write them.
JPEG_QUALITY = 92
HEVC_CRF = 22
_PIECE = (1334, 1000)


def mix(tens: int) -> Path:
    """A folder with ten times ``tens`` files, one folder a kind; made where it is missing.

    Raises:
        FileNotFoundError: no photographs; the text says how to get them.
    """
    folder = FOLDER.parent.parent / "benchmarks" / f"mix-{10 * tens}"
    if not folder.exists():
        if not _large():
            raise FileNotFoundError("no photographs: `make bench` fetches them from Debian packages")
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        for kind in KINDS:
            _make(unfinished / kind, kind, tens)
        unfinished.rename(folder)
    return folder


def _make(folder: Path, kind: str, tens: int) -> None:
    folder.mkdir(parents=True)
    share, size, across, suffix = KINDS[kind]
    for number in range(share * tens):
        seed = list(KINDS).index(kind), number
        _SAVE[suffix](_mosaic(np.random.default_rng(seed), size, across), folder / f"{number:04d}{suffix}")


def _mosaic(rng: np.random.Generator, size: tuple[int, int], across: int) -> Image.Image:
    """Pieces of photographs side by side: no two files are equal, or near."""
    whole = Image.new("RGB", size)
    width, height = -(-size[0] // across), -(-size[1] // across)
    for row in range(across):
        for column in range(across):
            piece = _piece(_large()[rng.integers(len(_large()))])
            left, top = int(rng.integers(piece.width - width + 1)), int(rng.integers(piece.height - height + 1))
            whole.paste(piece.crop((left, top, left + width, top + height)), (column * width, row * height))
    return whole


@cache
def _large() -> list[Path]:
    """Photographs that give a piece."""
    found = []
    for path in photographs():
        with Image.open(path) as image:
            if image.width > _PIECE[0] and image.height > _PIECE[1]:
                found.append(path)
    return found


@cache
def _piece(path: Path) -> Image.Image:
    """The middle of a photograph, a little larger than a piece."""
    with Image.open(path) as image:
        width, height = min(image.width, _PIECE[0] + 200), min(image.height, _PIECE[1] + 150)
        left, top = (image.width - width) // 2, (image.height - height) // 2
        return image.convert("RGB").crop((left, top, left + width, top + height))


_SAVE: dict[str, Callable[[Image.Image, Path], object]] = {
    ".jpg": lambda image, path: image.save(path, quality=JPEG_QUALITY, subsampling="4:2:0"),
    ".png": lambda image, path: image.save(path),
    ".heic": lambda image, path: path.write_bytes(heic(np.asarray(image), crf=HEVC_CRF)),
}
