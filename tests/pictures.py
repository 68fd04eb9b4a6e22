"""Benign test material, made on the spot: a drawn landscape, and a clip in which a disc crosses it."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from PIL import Image


def landscape(width: int = 640, height: int = 480, *, seed: int = 7) -> Image.Image:
    """Sky, sun, hills and a rough field: enough structure at every scale for a perceptual hash of full quality."""
    noise = np.random.default_rng(seed)
    across = np.linspace(0, 1, width)
    down = np.linspace(0, 1, height)[:, None]
    sky = np.stack([90 + 80 * down + 0 * across, 140 + 70 * down + 0 * across, 235 - 30 * down + 0 * across], axis=-1)
    sun = (across - 0.7) ** 2 + ((down - 0.25) * height / width) ** 2 < 0.004
    sky[sun] = (255, 236, 150)
    for shade, base, swing in ((0.9, 0.45, 0.12), (0.6, 0.6, 0.09), (0.35, 0.75, 0.06)):
        waves = sum(np.sin(across * turns * 6.3 + noise.uniform(0, 6.3)) / turns for turns in (1, 2.3, 5.1, 11))
        hill = down > base + swing * waves
        rough = noise.normal(0, 14, (height, width, 1)).repeat(3, axis=-1)
        colour = np.array([70, 130, 60]) * shade + rough * shade + 40 * (1 - down[..., None])
        sky[hill] = colour[hill]
    return Image.fromarray(sky.clip(0, 255).astype(np.uint8), "RGB")


def write_photo(path: Path, width: int = 640, height: int = 480, **options) -> Path:
    """The landscape as the format that the file's name asks for."""
    landscape(width, height).save(path, **options)
    return path


def write_clip(path: Path, *, seconds: int = 3, rate: int = 10, width: int = 320, height: int = 240) -> Path:
    """A video of the landscape with a disc that moves from left to right."""
    scene = np.asarray(landscape(width, height))
    rows, columns = np.mgrid[:height, :width]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for count in range(seconds * rate):
            picture = scene.copy()
            centre = width * (count + 1) / (seconds * rate + 1)
            picture[(columns - centre) ** 2 + (rows - height / 2) ** 2 < (height / 6) ** 2] = (200, 60, 40)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode())
    return path
