import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.fingerprint.slow_pdq import (
    distance,
    near_ties,
    slow_hash,
    slow_quality,
    slow_spectrum,
    slow_thumb,
)

from kavalan.fingerprint.dihedral import EXIF_TURNS
from kavalan.fingerprint.pdq import dihedral_of_luma, pdq_of_luma

# Made with pdqhash 0.2.8 from `texture(height, width, seed)`: original hash, quality.
VECTORS = {
    (64, 64, 1): (
        "14d2b11c18b35d495f706aa5c30df977ea8838e3d4d606db833ef7183ae1c32c",
        100,
    ),
    (65, 63, 2): (
        "92417179e424f2723b25880f141f3e0bd97ee829f25180fe7d492279b65fbe89",
        100,
    ),
    (5, 300, 3): (
        "db36b50f24c95af0118e3150db26ceafee51a58fdb36b54f24c95af011ae3150",
        100,
    ),
    (128, 129, 4): (
        "30f2b51c18b75d495f706aa5c30df967e28838e394d6069b833ee7183ae9cb2c",
        100,
    ),
    (300, 500, 5): (
        "a021f071eea4b2f63a25880f94de3e0ad07dfae8f27090fe7b61233bb6123e83",
        100,
    ),
    (777, 401, 6): (
        "9b0dfc474f9972a4f10ebd5aa57270d813035ab461f194d9270bbd6ad3b0a54c",
        100,
    ),
    (1080, 1920, 7): (
        "98f2f51c18b71cc97d706aa5430dd977e6883ce3d496069b833ef7103ae14b2c",
        100,
    ),
}


def texture(height, width, seed):
    """Random spots at three scales by integer arithmetic alone, so that every machine makes the same."""
    spots = np.zeros((height, width), np.int64)
    for scale, weight in ((97, 3), (31, 2), (7, 1)):
        rows = (np.arange(height) * 64 // height * 13 // scale)[:, None]
        columns = np.arange(width) * 64 // width * 13 // scale
        spots += weight * ((rows * 7919 + columns * 104_729 + seed * 1299_709) * 2_654_435_761 % 2**32 >> 24)
    return (spots // 6).astype(np.uint8)


@pytest.mark.parametrize(("size", "expected"), VECTORS.items())
def test_hash_and_quality_are_those_that_pdqhash_gave(size, expected):
    pdq = pdq_of_luma(texture(*size))
    assert (distance(pdq.hash, bytes.fromhex(expected[0])), pdq.quality) == (0, expected[1])


@given(st.integers(5, 400), st.integers(5, 400), st.integers(0, 2**32 - 1))
@settings(max_examples=80, deadline=None)
def test_any_luma_hashes_as_the_formula_written_plainly(height, width, seed):
    luma = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    thumb = slow_thumb(luma)
    pdq = pdq_of_luma(luma)
    assert distance(pdq.hash, slow_hash(luma)) <= near_ties(slow_spectrum(thumb))
    assert abs(pdq.quality - slow_quality(thumb)) <= 1


@pytest.mark.parametrize("exif", sorted(EXIF_TURNS))
@pytest.mark.parametrize("size", [(90, 141), (333, 256)])
def test_an_oriented_hash_is_that_of_the_turned_picture(exif, size):
    luma = texture(*size, seed=exif)
    turn = EXIF_TURNS[exif]
    pixels = luma[:: -1 if turn.rows else 1, :: -1 if turn.columns else 1]
    pixels = pixels.T if turn.transpose else pixels
    assert distance(pdq_of_luma(luma, exif=exif).hash, slow_hash(pixels)) <= near_ties(
        slow_spectrum(slow_thumb(pixels))
    )


@pytest.mark.parametrize("exif", sorted(EXIF_TURNS))
def test_a_scaled_oriented_picture_is_turned_block_by_block(exif):
    small = texture(131, 98, seed=2)
    full = np.repeat(np.repeat(small, 4, axis=0), 4, axis=1)[:521, :390]
    one = pdq_of_luma(small, (521, 390), exif)
    other = pdq_of_luma(full, exif=exif)
    assert distance(one.hash, other.hash) <= 2
    assert abs(one.quality - other.quality) <= 1


@pytest.mark.parametrize("eighths", [1, 2, 4])
def test_block_means_of_a_picture_hash_as_the_picture_made_of_them(eighths):
    block = 8 // eighths
    small = texture(100, 130, seed=eighths)
    full = np.repeat(np.repeat(small, block, axis=0), block, axis=1)
    assert distance(pdq_of_luma(small, full.shape).hash, slow_hash(full)) <= 2


def test_the_first_of_the_eight_is_the_hash_itself():
    luma = texture(200, 300, 9)
    eight = dihedral_of_luma(luma)
    assert len(set(eight)) == 8
    assert eight[0] == pdq_of_luma(luma).hash


def test_a_normal_hash_has_half_its_bits_set():
    assert int.from_bytes(pdq_of_luma(texture(300, 300, 9)).hash).bit_count() == 128


@given(st.integers(1, 300), st.integers(1, 300))
@settings(deadline=None)
def test_below_five_pixels_a_side_the_reference_answers_zeros(height, width):
    assume(min(height, width) < 5)
    luma = np.full((height, width), 77, np.uint8)
    assert pdq_of_luma(luma) == (bytes(32), 0)
    assert dihedral_of_luma(luma) == (bytes(32),) * 8


def test_a_flat_picture_has_quality_zero():
    assert pdq_of_luma(np.full((300, 200), 128, np.uint8)).quality == 0


def test_a_luma_plane_that_is_no_decode_of_the_full_size_is_refused():
    with pytest.raises(ValueError, match="no 1/1, 1/2, 1/4 or 1/8 decode"):
        pdq_of_luma(np.zeros((100, 100), np.uint8), (250, 250))


def test_pdqhash_agrees_on_every_size_and_all_eight_hashes():
    pdqhash = pytest.importorskip("pdqhash", reason="peer pdqhash is not installed (uv pip group `peers`)")
    for seed, size in enumerate([(64, 64), (63, 200), (7, 90), (255, 256), (129, 640), (900, 700)]):
        luma = texture(*size, seed)
        hashes, quality = pdqhash.compute_dihedral(np.dstack([luma] * 3))
        theirs = [np.packbits(bits.astype(np.uint8)).tobytes() for bits in hashes]
        spare = near_ties(slow_spectrum(slow_thumb(luma)))
        assert [distance(*pair) <= spare for pair in zip(dihedral_of_luma(luma), theirs, strict=True)] == [True] * 8
        assert abs(pdq_of_luma(luma).quality - quality) <= 1
