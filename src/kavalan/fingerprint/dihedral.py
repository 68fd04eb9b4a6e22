"""The eight rotations and flips of a picture, as PDQ names them and as EXIF numbers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Turn(NamedTuple):
    """A flip along each axis as asked, then a transposition as asked: any of the eight.

    Attributes:
        rows: reverse the order of the rows.
        columns: reverse the order of the columns.
        transpose: then exchange rows and columns.
    """

    rows: bool = False
    columns: bool = False
    transpose: bool = False


EXIF_TURNS = {
    1: Turn(),
    2: Turn(columns=True),
    3: Turn(rows=True, columns=True),
    4: Turn(rows=True),
    5: Turn(transpose=True),
    6: Turn(rows=True, transpose=True),
    7: Turn(rows=True, columns=True, transpose=True),
    8: Turn(columns=True, transpose=True),
}
"""What each value of EXIF's Orientation (tag 0x0112) asks of whoever shows the picture."""

_DIHEDRAL_TURNS = (
    Turn(),
    EXIF_TURNS[8],
    EXIF_TURNS[3],
    EXIF_TURNS[6],
    EXIF_TURNS[4],
    EXIF_TURNS[2],
    EXIF_TURNS[5],
    EXIF_TURNS[7],
)


def dihedral_spectra(spectrum: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The spectra of all eight, in the order of `DIHEDRAL`.

    Reversing an axis negates a cosine transform's odd frequencies along it; transposing the picture transposes its
    spectrum.

    Args:
        spectrum: (16, 16), frequencies 1 to 16 along rows and columns.
    """
    sign = np.where(np.arange(16) % 2 == 0, np.float32(-1), np.float32(1))
    return [_turned(spectrum, sign, turn) for turn in _DIHEDRAL_TURNS]


def _turned(spectrum: NDArray[np.float32], sign: NDArray[np.float32], turn: Turn) -> NDArray[np.float32]:
    if turn.rows:
        spectrum = spectrum * sign[:, None]
    if turn.columns:
        spectrum = spectrum * sign
    return spectrum.T if turn.transpose else spectrum
