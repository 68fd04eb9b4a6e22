"""What the sandbox costs an item, and what `kavalan hash` does a second with everything in place.

Run: `python -m benchmarks.sandbox`
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from kavalan.fingerprint import Fingerprinter
from kavalan.fingerprint.digest import digest_stream
from kavalan.fingerprint.picture import hash_picture
from kavalan.sources import walk_folder

SIZES = {"0.3 MP": (640, 480, 400), "2 MP": (1632, 1224, 120), "12 MP": (4000, 3000, 24)}
REPEATS = 3


def rows() -> list[dict[str, str]]:
    """Files a second for each size: in this process, and through one and two workers."""
    found = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, (width, height, count) in SIZES.items():
            folder = Path(scratch) / name
            _draw(folder, width, height, count)
            rates = {"digests and PDQ in this process": _best(_alone, folder)}
            for workers in (1, 2):
                with Fingerprinter(workers=workers) as fingerprinter:
                    way = f"Fingerprinter, {workers} worker{'s' * (workers > 1)}"
                    rates[way] = _best(partial(_confined, fingerprinter), folder)
            alone = next(iter(rates.values()))
            found += [
                {"size": name, "way": way, "files/s": f"{rate:.0f}", "ratio": f"{rate / alone:.2f}"}
                for way, rate in rates.items()
            ]
    return found


def _alone(folder: Path) -> None:
    """The same work without a sandbox: what it costs is the difference."""
    for path in sorted(folder.iterdir()):
        with path.open("rb") as stream:
            digest_stream(stream)
            hash_picture(stream, "image/jpeg")


def _confined(fingerprinter: Fingerprinter, folder: Path) -> None:
    for _ in fingerprinter.read(walk_folder(folder)):
        pass


def _best(way: Callable[[Path], None], folder: Path) -> float:
    """Files a second in the best of some passes: wall time, since workers run beside."""
    files, seconds = len(list(folder.iterdir())), []
    for _ in range(REPEATS):
        started = time.perf_counter()
        way(folder)
        seconds.append(time.perf_counter() - started)
    return files / min(seconds)


def _draw(folder: Path, width: int, height: int, count: int) -> None:
    """JPEGs of a hill under a sky with the noise of a camera: about the bytes a pixel of a photograph."""
    folder.mkdir()
    noise = np.random.default_rng(3)
    slope = np.add.outer(np.linspace(0, 160, height), np.linspace(0, 60, width))
    for number in range(count):
        picture = (slope + noise.normal(0, 6, slope.shape)).clip(0, 255).astype(np.uint8)
        colour = np.dstack([picture, np.roll(picture, 40, 0), 255 - picture])
        Image.fromarray(colour).save(folder / f"{number:04d}.jpg", quality=85)


def main() -> None:
    """Print the table."""
    for row in rows():
        print(f"{row['size']:8} {row['way']:34} {row['files/s']:>8} files/s   × {row['ratio']}")


if __name__ == "__main__":
    main()
