import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageOps

from kavalan.fingerprint.dihedral import EXIF_TURNS, dihedral_spectra
from kavalan.fingerprint.record import DIHEDRAL

spectra = arrays(np.float32, (16, 16), elements=st.floats(-100, 100, width=32))
PIXELS = {
    "original": lambda a: a,
    "rotate90": np.rot90,
    "rotate180": lambda a: np.rot90(a, 2),
    "rotate270": lambda a: np.rot90(a, 3),
    "flipx": np.flipud,
    "flipy": np.fliplr,
    "flipplus1": np.transpose,
    "flipminus1": lambda a: np.rot90(a, 2).T,
}


def turned(spectrum, name):
    return dihedral_spectra(spectrum)[DIHEDRAL.index(name)]


@pytest.mark.parametrize("name", DIHEDRAL)
def test_the_spectrum_turns_as_the_pixels_do(name):
    waves = np.cos(np.pi / 128 * np.outer(np.arange(1, 17), 2 * np.arange(64) + 1))
    thumb = np.random.default_rng(3).random((64, 64))
    assert np.allclose(turned(waves @ thumb @ waves.T, name), waves @ PIXELS[name](thumb) @ waves.T)


@given(spectra)
def test_four_quarter_turns_are_none(spectrum):
    once = turned(spectrum, "rotate90")
    assert np.array_equal(turned(once, "rotate90"), turned(spectrum, "rotate180"))
    assert np.array_equal(turned(turned(once, "rotate90"), "rotate180"), spectrum)


@given(spectra, st.sampled_from(["rotate180", "flipx", "flipy", "flipplus1", "flipminus1"]))
def test_a_half_turn_and_every_flip_undo_themselves(spectrum, name):
    assert np.array_equal(turned(turned(spectrum, name), name), spectrum)


@given(spectra)
def test_the_eight_are_closed(spectrum):
    eight = dihedral_spectra(spectrum)
    for one in dihedral_spectra(eight[DIHEDRAL.index("flipminus1")]):
        assert any(np.array_equal(one, other) for other in eight)


@pytest.mark.parametrize("value", range(1, 9))
def test_exif_turns_as_pillow_turns(value):
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    image = Image.fromarray(pixels)
    image.getexif()[0x0112] = value
    turn = EXIF_TURNS[value]
    ours = pixels[:: -1 if turn.rows else 1, :: -1 if turn.columns else 1]
    assert np.array_equal(ours.T if turn.transpose else ours, np.asarray(ImageOps.exif_transpose(image)))
