"""False matches among unrelated benign pictures, and edited copies found: the figures that Kavalan quotes beside a hit.

Run: `python -m benchmarks.errors [--save DATE]`. Every pair of pictures that have nothing to do with one another is
compared, upright and in all eight rotations and flips. `--save` writes the figures into the package.
"""

from __future__ import annotations

import json
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from itertools import combinations_with_replacement
from os import sched_getaffinity
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import features

from benchmarks import edits, unrelated
from benchmarks.photographs import FOLDER, photographs
from kavalan.fingerprint import MATCHABLE_QUALITY
from kavalan.matching.error_rates import BANDS, ErrorRates, Pairs, Pictures, Recall, upper_bound
from kavalan.matching.kernels import kernel
from kavalan.matching.probe import distance
from kavalan.matching.store import frozen

if TYPE_CHECKING:
    from benchmarks.unrelated import Unrelated

RADII = (0, 4, 8, 12, 16, 20, 24, 28, 31, 36, 40)
SHOWN = (0, 16, 24, 31, 36, 40)
RECALL_RADIUS = 31
SAVED = Path(__file__).resolve().parent.parent / "src" / "kavalan" / "matching" / "error_rates.json"
COMMAND = "python -m benchmarks.errors --save"

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
_NEVER = 257
_KINDS = (unrelated.PHOTO, *unrelated.DRAWN)


class Side(NamedTuple):
    """Some pictures of one kind.

    Attributes:
        hashes: (n, 8, 32) uint8, in eight turns.
        group: (n,) int64; pictures of equal groups are related.
        source: (n,) int64, the group's number within the kind.
    """

    hashes: NDArray[np.uint8]
    group: I64
    source: I64

    def where(self, chosen: NDArray[np.bool_]) -> Side:
        """Some of them."""
        return Side(self.hashes[chosen], self.group[chosen], self.source[chosen])


class Counted(NamedTuple):
    """What a comparison adds to.

    Attributes:
        upright: int64 (257,), pairs by distance.
        turned: int64 (257,), pairs by the least distance over eight turns of one of the two.
        least: uint16 (sources, sources), the least of any pair of the two sources; 257 where there is none.
    """

    upright: I64
    turned: I64
    least: NDArray[np.uint16]


def no_pairs(left: int, right: int) -> Counted:
    """Nothing counted yet, between kinds of so many sources."""
    return Counted(np.zeros(257, np.int64), np.zeros(257, np.int64), np.full((left, right), _NEVER, np.uint16))


def count_pairs(left: Side, right: Side, counted: Counted, *, within: bool = False) -> None:
    """Add every pair of one on the left and one on the right that are not related; `within` one set, each pair once."""
    places = tuple(frozen(np.ascontiguousarray(side[column])) for column in (1, 2) for side in (left, right))
    _compare(_words(left.hashes), _words(right.hashes[:, :1]), places, counted, within)


@kernel
def _compare(left: U64, right: U64, places: tuple[I64, ...], counted: Counted, within: bool) -> None:
    left_group, right_group, left_source, right_source = places
    for i in range(left_group.size):
        for j in range(i + 1 if within else 0, right_group.size):
            if left_group[i] == right_group[j]:
                continue
            upright = distance(left, 8 * i, right, j)
            nearest = upright
            for turn in range(1, 8):
                nearest = min(nearest, distance(left, 8 * i + turn, right, j))
            counted.upright[upright] += 1
            counted.turned[nearest] += 1
            a, b = left_source[i], right_source[j]
            counted.least[a, b] = min(counted.least[a, b], nearest)


def _words(hashes: NDArray[np.uint8]) -> U64:
    return frozen(np.ascontiguousarray(hashes).reshape(-1).view(np.uint64))


def pairs_of(pictures: Unrelated, left: str, right: str) -> list[Pairs]:
    """All pairs of two kinds, which may be the same, by the quality band of the poorer."""
    return [_in_band(pictures, left, right, number) for number in range(len(BANDS))]


def _in_band(pictures: Unrelated, left: str, right: str, number: int) -> Pairs:
    (one, one_band), (other, other_band) = (_side(pictures, kind) for kind in (left, right))
    counted = no_pairs(_sources(one), _sources(other))
    poor = one.where(one_band == number)
    count_pairs(poor, other.where(other_band > number), counted)
    if left == right:
        count_pairs(poor, poor, counted, within=True)
        nearest = np.minimum(counted.least, counted.least.T)[np.triu(np.ones_like(counted.least, np.bool_), 1)]
    else:
        count_pairs(one.where(one_band >= number), other.where(other_band == number), counted)
        nearest = counted.least.ravel()
    return Pairs(
        kinds=(left, right),
        band=BANDS[number],
        pairs=int(counted.upright.sum()),
        upright=_within(counted.upright),
        turned=_within(counted.turned),
        sources=int((nearest != _NEVER).sum()),
        sources_turned=tuple(int((nearest <= radius).sum()) for radius in RADII),
    )


def _sources(side: Side) -> int:
    return int(side.source.max(initial=-1)) + 1


def _side(pictures: Unrelated, kind: str) -> tuple[Side, I64]:
    chosen = pictures.kind == kind
    source = np.unique(pictures.group[chosen], return_inverse=True)[1].astype(np.int64)
    return Side(pictures.turned[chosen], pictures.group[chosen], source), bands_of(pictures.quality[chosen])


def bands_of(quality: I64) -> I64:
    """The place of each quality's band in `BANDS`."""
    return np.searchsorted(BANDS, quality, side="right").astype(np.int64) - 1


def _within(histogram: I64) -> tuple[int, ...]:
    return tuple(int(histogram[: radius + 1].sum()) for radius in RADII)


def recall_of(edit: str, copies: list[edits.Copy]) -> Recall:
    """One row of the second table."""
    bits = np.sort([copy.turned for copy in copies])
    kept = [copy for copy in copies if copy.quality >= MATCHABLE_QUALITY]
    return Recall(
        edit=edit,
        copies=len(copies),
        too_poor=len(copies) - len(kept),
        upright=sum(copy.upright <= RECALL_RADIUS for copy in kept),
        turned=sum(copy.turned <= RECALL_RADIUS for copy in kept),
        median=int(bits[(len(bits) - 1) // 2]),
        ninetieth=int(bits[-(-len(bits) * 9 // 10) - 1]),
        furthest=int(bits[-1]),
    )


def measure(pictures: Unrelated, copies: dict[str, list[edits.Copy]], day: str) -> ErrorRates:
    """All figures; none depends on how fast the machine is."""
    kinds = [kind for kind in _KINDS if (pictures.kind == kind).any()]
    with ThreadPoolExecutor(len(sched_getaffinity(0))) as pool:
        rows = pool.map(lambda pair: pairs_of(pictures, *pair), combinations_with_replacement(kinds, 2))
        pairs = tuple(row for three in rows for row in three)
    return ErrorRates(
        measured=day,
        command=f"{COMMAND} {day}",
        versions=_versions(),
        packages=tuple(sorted({path.relative_to(FOLDER).parts[0] for path in photographs()})),
        radii=RADII,
        recall_radius=RECALL_RADIUS,
        pictures=tuple(_pictures(pictures, kind) for kind in kinds),
        pairs=pairs,
        recall=tuple(recall_of(edit, of_edit) for edit, of_edit in copies.items()),
    )


def _pictures(pictures: Unrelated, kind: str) -> Pictures:
    chosen = pictures.kind == kind
    poor, fair, good = np.bincount(bands_of(pictures.quality[chosen]), minlength=len(BANDS)).tolist()
    return Pictures(kind, len(np.unique(pictures.group[chosen])), (poor, fair, good))


def _versions() -> dict[str, str]:
    libraries = {name: str(features.version(name)) for name in ("libjpeg_turbo", "webp", "freetype2")}
    packages = {name: version(name) for name in ("kavalan", "numpy", "pillow", "simplejpeg")}
    return {"Python": platform.python_version(), **packages, **libraries}


def save(rates: ErrorRates, file: Path) -> None:
    """Write the figures, one row of a table on a line."""
    lines = []
    for name, value in msgspec.to_builtins(rates).items():
        rows = value if isinstance(value, tuple | list) and value and isinstance(value[0], dict) else None
        text = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]" if rows else json.dumps(value)
        lines.append(f"{json.dumps(name)}: {text}")
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def show(rates: ErrorRates) -> None:
    """Print both tables."""
    print("pictures by quality, below 50 / 50 to 79 / 80 and more: ", end="")
    print("; ".join(f"{row.kind} {' / '.join(map(str, row.bands))} of {row.sources}" for row in rates.pictures))
    print("false matches in the best of eight rotations and flips, quality of the poorer; rate at 31 bits")
    print(f"{'kinds':24} {'band':>4} {'pairs':>13} ", end="")
    print(" ".join(f"{'≤ ' + str(radius):>9}" for radius in SHOWN), f"{'rate':>9} {'95 % ≤':>9} {'upright':>8}")
    for row in rates.pairs:
        if row.pairs:
            _show_pairs(row)
    matched = [row for row in rates.pairs if row.band]
    print(f"pairs of matchable quality: {sum(row.pairs for row in matched):,}; ", end="")
    print(f"of all: {sum(row.pairs for row in rates.pairs):,}")
    print(f"edited copies found within {rates.recall_radius} bits; bits from the original in the best rotation")
    print(
        f"{'edit':22} {'copies':>6} {'upright':>8} {'any turn':>8} {'too poor':>8} {'median':>6} {'90 %':>5} {'max':>4}"
    )
    for one in rates.recall:
        print(f"{one.edit:22} {one.copies:>6} {one.upright:>8} {one.turned:>8} {one.too_poor:>8} ", end="")
        print(f"{one.median:>6} {one.ninetieth:>5} {one.furthest:>4}")


def _show_pairs(row: Pairs) -> None:
    at = RADII.index(RECALL_RADIUS)
    print(f"{' - '.join(row.kinds):24} {row.band:>3}+ {row.pairs:>13,} ", end="")
    print(" ".join(f"{row.turned[RADII.index(radius)]:>9}" for radius in SHOWN), end=" ")
    print(f"{row.turned[at] / row.pairs:>9.2e} {upper_bound(row.turned[at], row.pairs):>9.2e} {row.upright[at]:>8}")


def main(arguments: list[str]) -> int:
    """Measure and print; save where asked to."""
    if not photographs():
        print("no photographs here: `make bench` fetches them from Debian packages")
        return 0
    day = arguments[1] if arguments[:1] == ["--save"] and len(arguments) == 2 else ""
    if arguments and not day:
        print(__doc__)
        return 2
    rates = measure(unrelated.gather(), edits.measure(), day)
    show(rates)
    if day:
        save(rates, SAVED)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
