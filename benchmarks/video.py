"""Times real time at which a video becomes hashes, on one core, beside what else can do it.

Run: `python -m benchmarks.video`
"""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from kavalan.fingerprint.video import hash_video

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 10
RATE = 30
SIZES = ((720, 480), (1920, 1080))
REPEATS = 3


def rows() -> list[dict[str, str]]:
    """One row for each size and way; a peer that is not installed has a row that says so."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for size in SIZES:
            path = Path(folder) / f"{size[0]}.mp4"
            _make(path, size)
            found += [_row(f"{size[0]} × {size[1]}", name, way, path) for name, way in _ways()]
    return found


def main() -> None:
    """Print the rows."""
    print(f"{SECONDS} s of H.264 made on the spot, {RATE} frames a second, a keyframe every two seconds;")
    print(f"how many times real time in processor seconds, best of {REPEATS}")
    for row in rows():
        print(f"{row['clip']:12} {row['way']:46} {row['times real time']:>10} {row['hashes']:>7}")


def _ways() -> list[tuple[str, Callable[[Path], int] | None]]:
    return [
        ("PyAV, decoding alone", _decode),
        ("kavalan, a frame a second", lambda path: _kavalan(path, 1, keyframes=False)),
        ("kavalan, keyframes", lambda path: _kavalan(path, 1, keyframes=True)),
        ("kavalan, every frame", lambda path: _kavalan(path, 0, keyframes=False)),
        ("pdqhash on PyAV's RGB frames, a frame a second", _pdqhash() if _there("pdqhash") else None),
        ("vpdq, a frame a second", _vpdq(1) if _there("vpdq") else None),
        ("vpdq, every frame", _vpdq(0) if _there("vpdq") else None),
    ]


def _row(clip: str, name: str, way: Callable[[Path], int] | None, path: Path) -> dict[str, str]:
    if way is None:
        return {"clip": clip, "way": name, "times real time": "missing", "hashes": "-"}
    best, hashes = float("inf"), 0
    for _ in range(REPEATS):
        start = time.process_time()
        hashes = way(path)
        best = min(best, time.process_time() - start)
    return {"clip": clip, "way": name, "times real time": f"{SECONDS / best:.1f}", "hashes": str(hashes or "-")}


def _there(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _kavalan(path: Path, interval: float, *, keyframes: bool) -> int:
    with path.open("rb") as stream:
        return len(hash_video(stream, interval=interval, keyframes=keyframes).frames)


def _decode(path: Path) -> int:
    with av.open(str(path)) as source:
        source.streams.video[0].thread_type = "NONE"
        for _ in source.decode(video=0):
            pass
    return 0


def _pdqhash() -> Callable[[Path], int]:
    compute = importlib.import_module("pdqhash").compute

    def run(path: Path) -> int:
        with av.open(str(path)) as source:
            source.streams.video[0].thread_type = "NONE"
            frames = (frame for number, frame in enumerate(source.decode(video=0)) if number % RATE == 0)
            return len([compute(frame.to_ndarray(format="rgb24")) for frame in frames])

    return run


def _vpdq(interval: float) -> Callable[[Path], int]:
    compute = importlib.import_module("vpdq").computeHash
    return lambda path: len(compute(str(path), seconds_per_hash=interval, thread_count=1))


def _make(path: Path, size: tuple[int, int]) -> None:
    """A textured ground that slides behind a gradient, so that every frame costs the decoder something."""
    width, height = size
    shape = (height // 8 + 128, width // 8 + 128)
    ground = np.random.default_rng(1).integers(0, 128, shape, np.uint8).repeat(8, 0).repeat(8, 1)
    gradient = np.add.outer(np.arange(height) * 63 // height, np.arange(width) * 63 // width).astype(np.uint8)
    with av.open(str(path), "w", options={"movflags": "faststart"}) as target:
        stream = target.add_stream("libx264", rate=RATE, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.gop_size = 2 * RATE
        for number in range(SECONDS * RATE):
            shown = ground[number : number + height, 2 * number : 2 * number + width] + gradient
            frame = av.VideoFrame.from_ndarray(shown, format="gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            target.mux(stream.encode(frame))
        target.mux(stream.encode())


if __name__ == "__main__":
    main()
