"""Hashes of benign pictures that have nothing to do with one another: crops of photographs, and what `drawn` draws.

Run: `python -m benchmarks.unrelated PART PARTS FILE` makes one part of them; `gather` runs all parts.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from benchmarks.drawn import KINDS, draw
from benchmarks.parts import in_parts
from benchmarks.photographs import photographs
from kavalan.fingerprint.pdq import dihedral_of_luma, pdq_of_luma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

DRAWN = {"screenshot": 2000, "text": 2000, "logo": 3000, "flat": 3000}
"""How many of each kind are drawn."""

PHOTO = "photo"
GRIDS = (1, 2, 3, 4, 6, 8, 11)
"""A photograph is cut into 1, 2 x 2, 3 x 3 and so on; the pieces of one cut do not overlap."""

LEAST_SIDE = 96
"""No piece has a shorter side, in pixels."""

COPIES = {"explore_monuments-003487864": "categorization-002832949"}
"""Photographs that come twice, and what they are copies of. All photographs were looked at side by side, and every
pair with pieces of quality 50 and more within 40 bits was looked at again. Two came up: these, one photograph in
two sizes, whose whole and four quarters lie 10 to 22 bits from their counterparts; and a pair that is no copy, 38 bits
apart, which is left in. Different photographs of one subject (the Taj Mahal, Mount Rushmore, the same toy blocks) count
as unrelated."""


class Unrelated(NamedTuple):
    """n pictures.

    Attributes:
        kind: (n,), `photo` or one of `drawn.KINDS`.
        quality: (n,) int64, 0 to 100.
        turned: (n, 8, 32) uint8, the hashes of the eight rotations and flips, the picture's own first.
        group: (n,) int64; pictures of one group are related and never make a pair.
    """

    kind: NDArray[np.str_]
    quality: NDArray[np.int64]
    turned: NDArray[np.uint8]
    group: NDArray[np.int64]


def gather(parts: int | None = None) -> Unrelated:
    """All of them, in an order that does not depend on how many processes made them."""
    return joined(in_parts("benchmarks.unrelated", loaded, parts))


def joined(parts: list[Unrelated]) -> Unrelated:
    """Several as one, by group; within a group the order stays."""
    columns = Unrelated(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    order = np.argsort(columns.group, kind="stable")
    return Unrelated(columns.kind[order], columns.quality[order], columns.turned[order], columns.group[order])


def loaded(file: Path) -> Unrelated:
    """What `main` saved."""
    with np.load(file) as saved:
        return Unrelated(*(saved[name] for name in Unrelated._fields))


def hashed(pictures: Iterator[tuple[str, int, NDArray[np.uint8]]]) -> Unrelated:
    """Hash pictures, each given as kind, group and brightness."""
    rows = [
        (kind, pdq_of_luma(luma).quality, np.frombuffer(b"".join(dihedral_of_luma(luma)), np.uint8), group)
        for kind, group, luma in pictures
    ]
    kinds, qualities, turned, groups = zip(*rows, strict=True)
    hashes = np.array(turned, np.uint8).reshape(-1, 8, 32)
    return Unrelated(np.array(kinds), np.array(qualities, np.int64), hashes, np.array(groups, np.int64))


def groups_of(paths: list[Path]) -> list[int]:
    """A number for each photograph; copies of one photograph share the first one's."""
    first = {path.stem: number for number, path in reversed(list(enumerate(paths)))}
    return [first.get(COPIES.get(path.stem, ""), number) for number, path in enumerate(paths)]


def pieces(luma: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    """The picture and its pieces, by `GRIDS`."""
    height, width = luma.shape
    for cuts in GRIDS:
        tall, wide = height // cuts, width // cuts
        if cuts > 1 and min(tall, wide) < LEAST_SIDE:
            return
        for y in range(cuts):
            for x in range(cuts):
                yield np.ascontiguousarray(luma[y * tall : (y + 1) * tall, x * wide : (x + 1) * wide])


def _part(part: int, parts: int) -> Iterator[tuple[str, int, NDArray[np.uint8]]]:
    paths = photographs()
    for path, group in list(zip(paths, groups_of(paths), strict=True))[part::parts]:
        with Image.open(path) as image:
            luma = np.asarray(image.convert("L"))
        for piece in pieces(luma):
            yield PHOTO, group, piece
    drawn = [(kind, number) for kind, amount in DRAWN.items() for number in range(amount)]
    for place in range(part, len(drawn), parts):
        yield drawn[place][0], len(paths) + place, draw(*drawn[place])


def main(part: int, parts: int, file: str) -> None:
    """Make every `parts`-th picture, beginning with the `part`-th."""
    assert set(DRAWN) == set(KINDS)
    with Path(file).open("wb") as stream:
        np.savez(stream, **hashed(_part(part, parts))._asdict())


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
