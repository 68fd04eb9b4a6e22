import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fingerprint.slow_pdq import slow_thumb

from kavalan.fingerprint.operator import SAMPLES, bands, reduce_picture, taps

sides = st.integers(5, 700)


def dense(operator, size):
    matrix = np.zeros((SAMPLES, size))
    for i, band in enumerate(operator):
        matrix[8 * i : 8 * i + 8, band.start : band.end] = band.weights
    return matrix


def dense_taps(operator, size):
    matrix = np.zeros((SAMPLES, size))
    for row, pixels, weights in zip(matrix, operator.pixels, operator.weights, strict=True):
        for pixel, weight in zip(pixels, weights[0], strict=True):
            row[pixel] += weight
    return matrix


@given(sides, st.sampled_from([1, 2, 4, 8]), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_row_is_a_weighted_mean(dim, eighths, reverse):
    matrix = dense(bands(dim, eighths, reverse=reverse), -(-dim * eighths // 8))
    assert np.allclose(matrix.sum(axis=1), 1, atol=1e-5)
    assert (matrix > -1e-7).all()


@given(sides, st.sampled_from([1, 2, 4, 8]), st.booleans())
@settings(max_examples=100, deadline=None)
def test_taps_and_bands_are_the_same_operator(dim, eighths, reverse):
    size = -(-dim * eighths // 8)
    as_taps = dense_taps(taps(dim, eighths, reverse=reverse), size)
    assert np.allclose(as_taps, dense(bands(dim, eighths, reverse=reverse), size), atol=1e-6)


@given(sides)
@settings(max_examples=100, deadline=None)
def test_reversing_the_axis_reverses_the_weights(dim):
    assert np.allclose(dense(bands(dim, reverse=True), dim), dense(bands(dim), dim)[:, ::-1])


@given(sides, sides, st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_two_operators_do_what_four_box_filters_and_sampling_do(height, width, seed):
    luma = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    assert np.allclose(reduce_picture(luma, taps(height), bands(width)), slow_thumb(luma), atol=1e-3)


@given(st.integers(40, 900), st.sampled_from([1, 2, 4]))
@settings(max_examples=60, deadline=None)
def test_a_scaled_operator_gives_block_means_the_weight_of_their_pixels(dim, eighths):
    block = 8 // eighths
    blocks = -(-dim // block)
    ramp = np.repeat(np.random.default_rng(dim).random(blocks), block)[:dim]
    scaled = ramp[::block]
    assert np.allclose(dense(bands(dim, eighths), blocks) @ scaled, dense(bands(dim), dim) @ ramp, atol=1e-5)


def test_a_large_picture_is_reduced_like_its_tiles():
    luma = np.random.default_rng(5).integers(0, 256, (1100, 3000), dtype=np.uint8)
    whole = dense(bands(1100), 1100) @ luma @ dense(bands(3000), 3000).T
    assert np.allclose(reduce_picture(luma, taps(1100), bands(3000)), whole, atol=1e-3)


def test_a_long_strip_is_reduced():
    luma = np.random.default_rng(5).integers(0, 256, (200_000, 6), dtype=np.uint8)
    whole = dense(bands(200_000), 200_000) @ luma @ dense(bands(6), 6).T
    assert np.allclose(reduce_picture(luma, taps(200_000), bands(6)), whole, atol=1e-2)


def test_colours_are_weighed_as_they_are_reduced():
    colours = np.random.default_rng(5).integers(0, 256, (300, 410, 3), dtype=np.uint8)
    weighed = colours @ [0.299, 0.587, 0.114]
    whole = dense(bands(300), 300) @ weighed @ dense(bands(410), 410).T
    assert np.allclose(reduce_picture(colours, taps(300), bands(410)), whole, atol=1e-3)


def test_a_plane_with_padded_lines_is_reduced_without_the_padding():
    padded = np.random.default_rng(5).integers(0, 256, (300, 512), dtype=np.uint8)
    plane = padded[:, :410]
    whole = dense(bands(300), 300) @ plane @ dense(bands(410), 410).T
    assert np.allclose(reduce_picture(plane, taps(300), bands(410)), whole, atol=1e-3)
