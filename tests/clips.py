"""Short videos made on the spot: a textured ground that slides, and a disc that moves over it."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray


def pictures(count: int, size: tuple[int, int] = (160, 120)) -> Iterator[NDArray[np.uint8]]:
    """RGB pictures, (height, width, 3); every one differs from the one before."""
    width, height = size
    ground = np.random.default_rng(7).integers(0, 200, (height // 8 + 64, width // 8 + 64)).repeat(8, 0).repeat(8, 1)
    y, x = np.mgrid[:height, :width]
    for number in range(count):
        shifted = ground[number : number + height, 2 * number % 400 : 2 * number % 400 + width]
        disc = (x - width / 3 - number) ** 2 + (y - height / 2) ** 2 < (height / 4) ** 2
        yield np.stack([shifted, shifted * 3 // 4, np.where(disc, 230, shifted // 2)], -1).astype(np.uint8)


def clip(
    container: str = "matroska",
    codec: str = "libx264",
    *,
    seconds: float = 3,
    rate: int = 10,
    size: tuple[int, int] = (160, 120),
    pixels: str = "yuv420p",
    options: dict[str, str] | None = None,
    muxing: dict[str, str] | None = None,
    stamp: Callable[[int], int] = lambda number: number,
    change: Callable[[av.VideoFrame], None] = lambda frame: None,
) -> bytes:
    """A video file.

    Args:
        container: libavformat's name of the muxer; it must be able to write without going back to other files.
        codec: libavcodec's name of the encoder.
        seconds: length at the given rate.
        rate: frames a second.
        size: width, height.
        pixels: pixel format.
        options: of the encoder.
        muxing: of the muxer.
        stamp: the presentation time of each frame, in frames at the given rate.
        change: called on every frame before it is encoded.
    """
    out = io.BytesIO()
    with av.open(out, "w", format=container, options=muxing or {}) as target:
        stream = target.add_stream(codec, rate=rate)
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        stream.codec_context.gop_size = rate
        stream.options = options or ({"x264-params": "log-level=none"} if codec == "libx264" else {})
        for number, picture in enumerate(pictures(round(seconds * rate), size)):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=pixels)
            frame.pts, frame.time_base = stamp(number), Fraction(1, rate)
            change(frame)
            target.mux(stream.encode(frame))
        target.mux(stream.encode())
    return out.getvalue()


def sound(container: str = "mp4", seconds: int = 1) -> bytes:
    """A file with sound alone: a quiet tone."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        stream = target.add_stream("aac", rate=16_000, layout="mono")
        wave = np.sin(np.arange(16_000 * seconds) / 20).astype(np.float32)[None] / 8
        for start in range(0, wave.shape[1], 1024):
            frame = av.AudioFrame.from_ndarray(wave[:, start : start + 1024], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 16_000, start
            target.mux(stream.encode(frame))
        target.mux(stream.encode())
    return out.getvalue()


def faststart(folder: Path) -> bytes:
    """An MP4 whose table of contents comes first, so that its beginning alone can be played."""
    path = folder / "clip.mp4"
    with (
        av.open(io.BytesIO(clip("mp4"))) as source,
        av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return path.read_bytes()
