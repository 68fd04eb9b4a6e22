"""Pictures drawn from a number: screenshots, pages of text, logos, flat pictures. One number draws one picture.

They stand in for what devices are full of besides photographs. Layout, sizes, shades, words and shapes are chosen by
chance, so no two share a template; screens of one real program do, and their hashes are not unrelated.
"""

from __future__ import annotations

import zlib
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Box = tuple[int, int, int, int]
    Draw = Callable[[Random], Image.Image]

_LETTERS = "etaoinshrdlucmfwypvbgkjqxz"


def draw(kind: str, number: int) -> NDArray[np.uint8]:
    """Brightness (height, width) of the picture of a kind, one of `KINDS`, with this number."""
    return np.asarray(KINDS[kind](Random(zlib.crc32(kind.encode()) << 32 | number)))


def _screenshot(rng: Random) -> Image.Image:
    portrait = rng.random() < 0.6
    long, short = rng.randint(480, 640), rng.randint(260, 400)
    image, pen = _canvas((short, long) if portrait else (long, short), _theme(rng))
    layouts = (_chat, _rows, _grid, _windows, _article)
    top, bottom = rng.randint(0, 60), image.height - rng.choice((0, rng.randint(20, 70)))
    rng.choice(layouts)(image, pen, (0, top, image.width, bottom), rng)
    if top > 12:
        _bar(pen, (0, 0, image.width, top), rng)
    if bottom < image.height:
        _bar(pen, (0, bottom, image.width, image.height), rng)
    return image


def _chat(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, rng: Random) -> None:
    left, y, right, bottom = box
    shades = [_other(_ground(image), rng) for _ in range(2)]
    while y < bottom:
        side, size = rng.randint(0, 1), rng.randint(9, 15)
        width, lines = int((right - left) * rng.uniform(0.2, 0.8)), rng.choice((1, 1, 2, 3, 5, 8))
        x, height = (right - width - 8 if side else left + 8), lines * (size + 4) + 12
        pen.rounded_rectangle((x, y, x + width, y + height), rng.choice((4, 10)), shades[side])
        if rng.random() < 0.15:
            _picture(image, (x, y, x + width, y + height), rng)
        else:
            _paragraph(pen, (x + 8, y + 5, x + width - 8, y + height), size, _ink(shades[side]), rng)
        y += height + rng.randint(4, 26)


def _rows(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, rng: Random) -> None:
    left, y, right, bottom = box
    height, round_, size = rng.randint(26, 84), rng.random() < 0.5, rng.randint(10, 16)
    pictured = rng.random() < 0.7
    ink = _ink(_ground(image))
    while y < bottom:
        x = left + 10
        if pictured:
            frame = (x, y + 4, x + height - 8, y + height - 4)
            (pen.ellipse if round_ else pen.rectangle)(frame, _shade(rng))
            x += height
        _paragraph(pen, (x, y + 4, int(right - rng.uniform(0.0, 0.6) * right), y + 4 + size + 4), size, ink, rng)
        if height > 44 and x + 30 < right:
            _paragraph(pen, (x, y + 8 + size, right - rng.randint(10, 30), y + height - 4), size - 2, 128, rng)
        if rng.random() < 0.1:
            pen.rectangle((left, y, right, y + rng.randint(6, height)), _shade(rng))
        y += height


def _grid(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, rng: Random) -> None:
    left, top, right, bottom = box
    columns, gap = rng.randint(2, 6), rng.randint(2, 24)
    side = max(24, (right - left - gap) // columns - gap)
    tall, titled = int(side * rng.uniform(0.6, 1.6)), rng.random() < 0.5
    for y in range(top + gap, bottom, tall + gap + 14 * titled):
        for x in range(left + gap, right - side + 1, side + gap):
            if rng.random() < 0.1:
                continue
            _picture(image, (x, y, x + side, y + tall), rng)
            if titled:
                _paragraph(pen, (x, y + tall + 1, x + side, y + tall + 13), 9, _ink(_ground(image)), rng)


def _windows(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, rng: Random) -> None:
    left, top, right, bottom = box
    if rng.random() < 0.7:
        _picture(image, box, rng)
    for _ in range(rng.randint(1, 4)):
        x, y = rng.randint(left, (left + right) * 2 // 3), rng.randint(top, (top + bottom) * 2 // 3)
        frame = (x, y, min(right, x + rng.randint(90, 400)), min(bottom, y + rng.randint(70, 300)))
        ground = _theme(rng)
        pen.rectangle(frame, ground, outline=_ink(ground))
        pen.rectangle((x, y, frame[2], y + rng.randint(8, 20)), _other(ground, rng))
        inner = (x + 6, y + 24, frame[2] - 6, frame[3] - 4)
        if rng.random() < 0.3 and inner[2] > inner[0] + 8 and inner[3] > inner[1] + 8:
            _picture(image, inner, rng)
        else:
            _paragraph(pen, inner, rng.randint(8, 15), _ink(ground), rng)


def _article(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, rng: Random) -> None:
    left, y, right, bottom = box
    edge = rng.randint(6, 60)
    aside = rng.choice((0, 0, (right - left) // 4, (right - left) // 3))
    if aside:
        pen.rectangle((left, y, left + aside, bottom), _other(_ground(image), rng))
        left += aside
    while y < bottom:
        height = rng.randint(30, 160)
        part = (left + edge, y + 8, right - edge, min(bottom, y + height))
        if rng.random() < 0.3 and part[3] > part[1] + 8:
            _picture(image, part, rng)
        else:
            _paragraph(pen, part, rng.choice((9, 11, 13, 18, 26)), _ink(_ground(image)), rng)
        y += height + rng.randint(4, 30)


def _text_page(rng: Random) -> Image.Image:
    width = rng.randint(360, 520)
    image, pen = _canvas((width, int(width * rng.choice((0.75, 1.0, 1.29, 1.41, 1.41, 1.7)))), rng.randint(215, 255))
    columns, size, ink = rng.choice((1, 1, 1, 2, 2, 3)), rng.randint(8, 19), rng.randint(0, 80)
    edge, y = rng.randint(8, 70), rng.randint(8, 90)
    if rng.random() < 0.5:
        title = rng.randint(18, 40)
        _paragraph(pen, (edge, y, width - edge, y + title * rng.randint(1, 2) + 6), title, ink, rng)
        y += 2 * title + rng.randint(6, 50)
    pace = (width - 2 * edge) // columns
    foot = image.height - (rng.randint(8, 60) if rng.random() < 0.7 else rng.randint(60, image.height // 2))
    for column in range(columns):
        _column(image, pen, (edge + column * pace, y, edge + (column + 1) * pace - 8, foot), (size, ink), rng)
    angle = rng.choice((0.0, 0.0, rng.uniform(-3, 3)))
    return image.rotate(angle, Image.Resampling.BILINEAR, fillcolor=_ground(image)) if angle else image


def _column(image: Image.Image, pen: ImageDraw.ImageDraw, box: Box, font: tuple[int, int], rng: Random) -> None:
    left, y, right, bottom = box
    size, ink = font
    while y < bottom - size:
        height = min(bottom - y, (size + 4) * rng.randint(1, 9))
        chance = rng.random()
        if chance < 0.06 and height > 30:
            _picture(image, (left, y, right, y + height), rng)
        elif chance < 0.12:
            for line in range(y, y + height, size + 4):
                pen.line((left, line, right, line), ink)
            pen.line((left + (right - left) // 3, y, left + (right - left) // 3, y + height), ink)
        else:
            _paragraph(pen, (left, y, right, y + height), size, ink, rng)
        y += height + rng.choice((2, size // 2, size, 2 * size))


def _logo(rng: Random) -> Image.Image:
    side = rng.randint(200, 400)
    image, pen = _canvas((int(side * rng.choice((1.0, 1.0, 1.3, 1.8))), side), rng.choice((255, 255, 0, _shade(rng))))
    middle = (image.width * rng.uniform(0.35, 0.65), image.height * rng.uniform(0.35, 0.6))
    reach = side * rng.uniform(0.2, 0.45)
    for _ in range(rng.randint(1, 5)):
        _mark(pen, middle, reach * rng.uniform(0.3, 1.0), rng)
    if rng.random() < 0.6:
        word = "".join(rng.choices(_LETTERS, k=rng.randint(1, 9))).title()
        size = rng.randint(side // 10, side // 3)
        pen.text((rng.uniform(0.05, 0.4) * image.width, rng.uniform(0.5, 0.85) * side), word, _shade(rng), _font(size))
    return image


def _mark(pen: ImageDraw.ImageDraw, middle: tuple[float, float], reach: float, rng: Random) -> None:
    x, y = middle[0] + rng.uniform(-0.5, 0.5) * reach, middle[1] + rng.uniform(-0.5, 0.5) * reach
    box, shade, kind = (x - reach, y - reach, x + reach, y + reach), _shade(rng), rng.randint(0, 5)
    start = rng.uniform(0, 360)
    if kind == 0:
        pen.ellipse(box, shade)
    elif kind == 1:
        pen.arc(box, start, start + rng.uniform(60, 360), shade, int(rng.uniform(0.1, 0.5) * reach) + 1)
    elif kind == 2:
        pen.regular_polygon((x, y, reach), rng.randint(3, 8), start, shade)
    elif kind == 3:
        pen.pieslice(box, start, start + rng.uniform(30, 300), shade)
    elif kind == 4:
        places = [(x + rng.uniform(-reach, reach), y + rng.uniform(-reach, reach)) for _ in range(rng.randint(3, 9))]
        pen.polygon(places, shade)
    else:
        pen.text((box[0], box[1]), rng.choice(_LETTERS).upper(), shade, _font(max(8, int(2 * reach))))


def _flat(rng: Random) -> Image.Image:
    height, width = rng.randint(96, 200), rng.randint(96, 200)
    y, x = np.mgrid[0 : 1 : 1j * height, 0 : 1 : 1j * width]
    angle = rng.uniform(0, 2 * np.pi)
    way = np.cos(angle) * x + np.sin(angle) * y
    kind = rng.randint(0, 4)
    if kind == 0:
        light = np.zeros_like(x)
    elif kind == 1:
        light = way
    elif kind == 2:
        light = np.hypot(x - rng.random(), y - rng.random())
    elif kind == 3:
        light = np.interp(way, np.sort([rng.uniform(-1, 1.5) for _ in range(5)]), [rng.random() for _ in range(5)])
    else:
        light = np.sin(way * rng.uniform(2, 60) + rng.uniform(0, 6)) + (way * rng.uniform(-2, 2))
    light = (light - light.min()) / max(1e-9, float(np.ptp(light)))
    low, high = rng.uniform(0, 255), rng.uniform(0, 255)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.choice((0, 0, 1, 4)), light.shape)
    return Image.fromarray(np.clip(low + (high - low) * light + noise, 0, 255).astype(np.uint8))


def _picture(image: Image.Image, box: Box, rng: Random) -> None:
    """Something like a photograph: soft blotches of few frequencies."""
    grain = rng.choice((3, 5, 9, 16))
    blotches = np.random.default_rng(rng.getrandbits(32)).integers(0, 256, (grain, grain), np.uint8)
    size = (box[2] - box[0], box[3] - box[1])
    image.paste(Image.fromarray(blotches).resize(size, Image.Resampling.BICUBIC), box[:2])


def _paragraph(pen: ImageDraw.ImageDraw, box: Box, size: int, ink: int, rng: Random) -> None:
    """As many lines of invented words as the box holds, the last one short."""
    left, y, right, bottom = box
    while y + size <= bottom and right - left >= size:
        room = max(1, int((right - left) / (0.55 * size)))
        last = y + 2 * (size + 4) > bottom
        pen.text((left, y), _words(rng, room if not last else rng.randint(1, room)), ink, _font(size))
        y += size + 4


def _words(rng: Random, length: int) -> str:
    letters = rng.choices(_LETTERS, weights=range(28, 2, -1), k=length)
    place = rng.randint(1, 9)
    while place < length:
        letters[place] = " "
        place += rng.randint(2, 10)
    return "".join(letters)


def _bar(pen: ImageDraw.ImageDraw, box: Box, rng: Random) -> None:
    ground = _shade(rng)
    pen.rectangle(box, ground)
    size = max(8, (box[3] - box[1]) // rng.randint(2, 4))
    _paragraph(pen, (rng.randint(4, 60), box[1] + 3, box[2] - rng.randint(4, 200), box[3]), size, _ink(ground), rng)


def _canvas(size: tuple[int, int], ground: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", size, ground)
    return image, ImageDraw.Draw(image)


def _ground(image: Image.Image) -> int:
    shade = image.getpixel((image.width - 1, image.height - 1))
    assert isinstance(shade, int)
    return shade


def _theme(rng: Random) -> int:
    return rng.choice((rng.randint(225, 255), rng.randint(0, 50), rng.randint(0, 255)))


def _shade(rng: Random) -> int:
    return rng.randint(0, 255)


def _other(ground: int, rng: Random) -> int:
    """A shade that stands out a little or much."""
    return (ground + rng.choice((-1, 1)) * rng.randint(15, 120)) % 256


def _ink(ground: int) -> int:
    return 20 if ground > 127 else 235


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


KINDS: dict[str, Draw] = {"screenshot": _screenshot, "text": _text_page, "logo": _logo, "flat": _flat}
"""What can be drawn."""
