"""What people do to pictures before they send them on, and how far the hash moves.

Run: `python -m benchmarks.edits PART PARTS FILE` measures one part of the photographs; `measure` runs all parts.
Every copy is saved as a JPEG of quality 85, as programs do that send pictures on, unless the edit says otherwise.
"""

from __future__ import annotations

import io
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

from benchmarks.parts import in_parts
from benchmarks.photographs import photographs
from benchmarks.unrelated import COPIES
from kavalan.fingerprint import MATCHABLE_QUALITY
from kavalan.fingerprint.picture import hash_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from kavalan.fingerprint.picture import PictureHash

LONGEST_SIDE = 800
"""Photographs are brought down to this before anything else: what is passed around is seldom larger."""

_SAVED: dict[str, str | int] = {"format": "JPEG", "quality": 85}


class Edit(NamedTuple):
    """What is done, and how the copy is saved (Pillow's options)."""

    change: Callable[[Image.Image], Image.Image]
    save: dict[str, str | int] = _SAVED


class Copy(msgspec.Struct, frozen=True):
    """One edited copy of a photograph that may be matched.

    Attributes:
        quality: of the copy; below 50 it is not matched.
        upright: bits from the original.
        turned: the least of the copy's eight rotations and flips.
    """

    quality: int
    upright: int
    turned: int


def copies(image: Image.Image) -> dict[str, Copy]:
    """Every edit of one photograph, by name; none where its own quality is below 50."""
    image = image.convert("RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    original = _hashed(image, {"format": "JPEG", "quality": 92})
    if original.pdq is None or (original.quality or 0) < MATCHABLE_QUALITY:
        return {}
    return {name: _apart(original.pdq, _hashed(edit.change(image.copy()), edit.save)) for name, edit in EDITS.items()}


def measure(parts: int | None = None) -> dict[str, list[Copy]]:
    """The copies of all photographs, by edit; a photograph that comes twice counts once."""
    together: dict[str, list[Copy]] = {name: [] for name in EDITS}
    for part in in_parts("benchmarks.edits", _read, parts):
        for name, found in part.items():
            together[name] += found
    return together


def _read(file: Path) -> dict[str, list[Copy]]:
    return msgspec.json.decode(file.read_bytes(), type=dict[str, list[Copy]])


def _hashed(image: Image.Image, save: dict[str, str | int]) -> PictureHash:
    stream = io.BytesIO()
    image.save(stream, format=str(save["format"]), quality=int(save["quality"]))
    return hash_picture(stream, f"image/{str(save['format']).lower()}", dihedral=True)


def _apart(original: bytes, copy: PictureHash) -> Copy:
    assert copy.dihedral is not None
    distances = [(int.from_bytes(original) ^ int.from_bytes(turned)).bit_count() for turned in copy.dihedral]
    return Copy(copy.quality or 0, distances[0], min(distances))


def _same(image: Image.Image) -> Image.Image:
    return image


def _resize(image: Image.Image, scale: float) -> Image.Image:
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BICUBIC)


def _longest(image: Image.Image, side: int) -> Image.Image:
    return ImageOps.contain(image, (side, side))


def _crop(image: Image.Image, share: float) -> Image.Image:
    x, y = round(image.width * share), round(image.height * share)
    return image.crop((x, y, image.width - x, image.height - y))


def _one_side(image: Image.Image, share: float) -> Image.Image:
    return image.crop((0, 0, image.width, image.height - round(image.height * share)))


def _band(image: Image.Image) -> Image.Image:
    """A line of text on a dark band along the bottom, a tenth of the height."""
    tall = image.height // 10
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, image.height - tall, image.width, image.height), "black")
    pen.text((tall, image.height - 0.8 * tall), "Forwarded with love", "white", ImageFont.load_default(0.6 * tall))
    return image


def _corner(image: Image.Image) -> Image.Image:
    """A mark in the corner, a seventh of the width."""
    side = image.width // 7
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((image.width - side - 9, 9, image.width - 9, side // 2 + 9), 8, "white")
    pen.regular_polygon((image.width - side // 2 - 9, side // 4 + 9, side // 5), 5, fill="red")
    return image


def _face(image: Image.Image) -> Image.Image:
    """A yellow disc with two eyes and a mouth, a fifth of the shorter side, off the middle."""
    r = min(image.size) // 10
    x, y = image.width * 2 // 3, image.height // 3
    pen = ImageDraw.Draw(image)
    pen.ellipse((x - r, y - r, x + r, y + r), "gold", "black")
    for eye in (x - r // 2, x + r // 2):
        pen.ellipse((eye - r // 8, y - r // 2, eye + r // 8, y - r // 4), "black")
    pen.arc((x - r // 2, y - r // 2, x + r // 2, y + r // 2), 20, 160, "black", max(2, r // 10))
    return image


def _brighter(image: Image.Image, factor: float) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(factor)


def _contrast(image: Image.Image, factor: float) -> Image.Image:
    return ImageEnhance.Contrast(image).enhance(factor)


def _blur(image: Image.Image, radius: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(radius))


def _border(image: Image.Image, share: float) -> Image.Image:
    return ImageOps.expand(image, round(min(image.size) * share), "white")


def _letterbox(image: Image.Image) -> Image.Image:
    """Black bars until it is square."""
    return ImageOps.pad(image, (max(image.size),) * 2, color="black")


def _screenshot(image: Image.Image) -> Image.Image:
    """On a telephone's screen: full width between a bar above, a title and some words below."""
    screen = Image.new("RGB", (720, 1280), "white")
    shown = ImageOps.contain(image, (720, 900))
    pen = ImageDraw.Draw(screen)
    pen.rectangle((0, 0, 720, 110), "teal")
    pen.text((40, 50), "Monsoon friends", "white", ImageFont.load_default(34))
    screen.paste(shown, ((720 - shown.width) // 2, 130))
    for line in range(3):
        pen.text((30, 160 + shown.height + 44 * line), "The rain came early", "black", ImageFont.load_default(28))
    return screen


def _turn(image: Image.Image, how: Image.Transpose) -> Image.Image:
    return image.transpose(how)


EDITS: dict[str, Edit] = {
    "resize to 1/2": Edit(partial(_resize, scale=0.5)),
    "resize to 1/4": Edit(partial(_resize, scale=0.25)),
    "longest side 512": Edit(partial(_longest, side=512)),
    "JPEG quality 80": Edit(_same, {"format": "JPEG", "quality": 80}),
    "JPEG quality 50": Edit(_same, {"format": "JPEG", "quality": 50}),
    "JPEG quality 25": Edit(_same, {"format": "JPEG", "quality": 25}),
    "WebP quality 60": Edit(_same, {"format": "WEBP", "quality": 60}),
    "crop 2 % each side": Edit(partial(_crop, share=0.02)),
    "crop 5 % each side": Edit(partial(_crop, share=0.05)),
    "crop 10 % each side": Edit(partial(_crop, share=0.10)),
    "crop 10 % below": Edit(partial(_one_side, share=0.10)),
    "mirror": Edit(partial(_turn, how=Image.Transpose.FLIP_LEFT_RIGHT)),
    "rotate 90": Edit(partial(_turn, how=Image.Transpose.ROTATE_90)),
    "rotate 180": Edit(partial(_turn, how=Image.Transpose.ROTATE_180)),
    "text band 10 %": Edit(_band),
    "logo in a corner": Edit(_corner),
    "emoji-like disc": Edit(_face),
    "brightness x 0.6": Edit(partial(_brighter, factor=0.6)),
    "brightness x 1.4": Edit(partial(_brighter, factor=1.4)),
    "contrast x 0.6": Edit(partial(_contrast, factor=0.6)),
    "contrast x 1.5": Edit(partial(_contrast, factor=1.5)),
    "blur, radius 2": Edit(partial(_blur, radius=2)),
    "blur, radius 6": Edit(partial(_blur, radius=6)),
    "border 3 %": Edit(partial(_border, share=0.03)),
    "border 8 %": Edit(partial(_border, share=0.08)),
    "letterbox to square": Edit(_letterbox),
    "screenshot of it": Edit(_screenshot),
}
"""What is done to a photograph, by name."""


def main(part: int, parts: int, file: str) -> None:
    """Edit every `parts`-th photograph, beginning with the `part`-th."""
    together: dict[str, list[Copy]] = {name: [] for name in EDITS}
    for path in [path for path in photographs() if path.stem not in COPIES][part::parts]:
        with Image.open(path) as image:
            image.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            for name, copy in copies(image).items():
                together[name].append(copy)
    Path(file).write_bytes(msgspec.json.encode(together))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
