"""Gradients that tests put into documents and mail."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image


@cache
def gradient(mode: str = "RGB", size=(60, 40), turn: int = 180) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (ramp, ramp.rotate(turn), ramp.transpose(Image.Transpose.FLIP_LEFT_RIGHT))).convert(mode)


@cache
def picture(form: str = "JPEG", mode: str = "RGB", size=(60, 40), turn: int = 180) -> bytes:
    out = io.BytesIO()
    gradient(mode, size, turn).save(out, form)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image
