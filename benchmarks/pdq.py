"""Pictures a second on one core, and bits apart, beside `threatexchange` and `pdqhash`, over Debian's photographs.

Run: `python -m benchmarks.pdq`. Each size is measured in a process of its own, all ways in turn on the same files, in
processor seconds; each turn begins with a picture that is not counted. A heap that has held large pictures would spare
the peers half their page faults at the small ones.
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import simplejpeg
from PIL import Image

from benchmarks.photographs import photographs
from kavalan.fingerprint import MATCHABLE_QUALITY
from kavalan.fingerprint.picture import hash_picture

if TYPE_CHECKING:
    from collections.abc import Callable

# Megapixels: files, passes. Medians over the passes; long passes need fewer.
SIZES = {"0.3": (12, 15), "2": (10, 7), "12": (3, 3)}
JPEG_QUALITY = 85
REFERENCE = "threatexchange, hash_from_file"
OURS = "kavalan, hash_picture"


def rows() -> list[dict[str, str]]:
    """One row for each size and way; a peer that is not installed has a row that says so."""
    with tempfile.TemporaryDirectory() as folder:
        _make_files(Path(folder))
        return [row for size in SIZES for row in _measured(size, Path(folder))]


def agreement() -> dict[str, str]:
    """How far the hashes lie from the reference's over all photographs that may be matched, each as a JPEG."""
    if not _there("threatexchange"):
        return {"reference": "threatexchange not installed"}
    apart, quality = [], []
    with tempfile.TemporaryDirectory() as folder:
        for photograph in photographs():
            path = _as_jpeg(photograph, Path(folder))
            theirs, their_quality = _reference(path)
            ours, our_quality = _ours(path)
            if their_quality >= MATCHABLE_QUALITY:
                apart.append((int(theirs, 16) ^ int.from_bytes(ours)).bit_count())
                quality.append(abs(our_quality - their_quality))
    if not apart:
        return {"reference": "no photographs: run `make bench` once with a network"}
    return {
        "photographs": str(len(apart)),
        "mean bits": f"{np.mean(apart):.2f}",
        "p99": f"{np.percentile(apart, 99):.0f}",
        "max": str(max(apart)),
        "quality apart, max": str(max(quality)),
    }


def main() -> None:
    """Print both tables."""
    if not photographs():
        print("no photographs here: `make bench` fetches them from Debian packages")
        return
    print(f"JPEG quality {JPEG_QUALITY}, 4:2:0, one core; medians of processor time, ways in turn")
    print(f"{'megapixels':>10}  {'way':44} {'a second':>9} {'x reference':>11}")
    for row in rows():
        print(f"{row['megapixels']:>10}  {row['way']:44} {row['a second']:>9} {row['ratio']:>11}")
    print("agreement with threatexchange: " + ", ".join(f"{name} {value}" for name, value in agreement().items()))


def _measured(size: str, folder: Path) -> list[dict[str, str]]:
    """Measure one size in a fresh process on one core."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    arguments = [sys.executable, "-m", "benchmarks.pdq", "--measure", size, str(folder)]
    answer = subprocess.run(arguments, check=True, capture_output=True, env=environment)
    seconds: dict[str, float | None] = json.loads(answer.stdout)
    reference = seconds[REFERENCE]
    return [
        {
            "megapixels": size,
            "way": way,
            "a second": f"{1 / spent:.1f}" if spent else "missing",
            "ratio": f"{reference / spent:.1f}" if reference and spent else "-",
        }
        for way, spent in seconds.items()
    ]


def _measure(size: str, folder: Path) -> None:
    """Print the median seconds for a picture, by way."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    files = sorted(folder.glob(f"{size}-*.jpg"))
    ways = _ways()
    spent: dict[str, list[list[float]]] = {name: [[] for _ in files] for name, way in ways.items() if way}
    for _ in range(SIZES[size][1]):
        for name, times in spent.items():
            _seconds(ways[name], files[0])  # its code and memory are cold after the way before it
            for path, of_file in zip(files, times, strict=True):
                of_file.append(_seconds(ways[name], path))
    means = {name: statistics.mean(map(statistics.median, times)) for name, times in spent.items()}
    print(json.dumps({name: means.get(name) for name in ways}))


def _seconds(way: Callable[[Path], object] | None, path: Path) -> float:
    assert way is not None
    started = time.process_time()
    way(path)
    return time.process_time() - started


def _ways() -> dict[str, Callable[[Path], object] | None]:
    return {
        REFERENCE: _hash_from_file() if _there("threatexchange") else None,
        "pdqhash, on Pillow's array": _pdqhash() if _there("pdqhash") else None,
        OURS: _ours,
        "limit: simplejpeg, grey, scaled as kavalan": _simplejpeg_scaled,
        "limit: simplejpeg, grey, full size": _simplejpeg_full,
        "limit: Pillow, RGB": lambda path: np.asarray(Image.open(path)),
    }


def _there(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def _ours(path: Path) -> tuple[bytes, int]:
    with path.open("rb", buffering=0) as stream:
        picture = hash_picture(stream, "image/jpeg")
    assert picture.pdq is not None
    assert picture.quality is not None
    return picture.pdq, picture.quality


def _reference(path: Path) -> tuple[str, int]:
    from threatexchange.signal_type.pdq.pdq_hasher import pdq_from_file  # noqa: PLC0415 - a peer that may be missing

    found: tuple[str, int] = pdq_from_file(path)
    return found


def _hash_from_file() -> Callable[[Path], object]:
    from threatexchange.signal_type.pdq.signal import PdqSignal  # noqa: PLC0415 - a peer that may be missing

    way: Callable[[Path], object] = PdqSignal.hash_from_file
    return way


def _pdqhash() -> Callable[[Path], object]:
    import pdqhash  # noqa: PLC0415 - a peer that may be missing

    return lambda path: pdqhash.compute(np.asarray(Image.open(path)))


def _simplejpeg_scaled(path: Path) -> object:
    data = path.read_bytes()
    height, width, _, _ = simplejpeg.decode_jpeg_header(data)
    eighths = next((n for n in (1, 2, 4) if -(-min(height, width) * n // 8) >= 512), 8)
    least = -(-min(height, width) * eighths // 8)
    return simplejpeg.decode_jpeg(data, "Gray", min_height=least, min_width=least)


def _simplejpeg_full(path: Path) -> object:
    return simplejpeg.decode_jpeg(path.read_bytes(), "Gray")


def _make_files(folder: Path) -> None:
    """For each size, photographs that are at least so large, spread evenly from the plainest to the most detailed."""
    by_detail = sorted(photographs(), key=lambda path: path.stat().st_size)
    pixels = {path: _pixels(path) for path in by_detail}
    for size, (count, _) in SIZES.items():
        wanted = float(size) * 1e6
        enough = [path for path in by_detail if pixels[path] >= wanted]
        for i in range(count):
            with Image.open(enough[(2 * i + 1) * len(enough) // (2 * count)]) as image:
                scale = (wanted / (image.width * image.height)) ** 0.5
                resized = image.convert("RGB").resize((round(image.width * scale), round(image.height * scale)))
                resized.save(folder / f"{size}-{i}.jpg", quality=JPEG_QUALITY, subsampling="4:2:0")


def _pixels(path: Path) -> int:
    with Image.open(path) as image:
        return image.width * image.height


def _as_jpeg(photograph: Path, folder: Path) -> Path:
    if photograph.suffix == ".jpg":
        return photograph
    path = folder / "photograph.jpg"
    with Image.open(photograph) as image:
        image.convert("RGB").save(path, quality=90)
    return path


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        _measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
