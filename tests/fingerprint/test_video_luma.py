"""A frame's brightness, held against swscale's way through RGB and `pdqhash`, as the `vpdq` program goes."""

from __future__ import annotations

import av
import numpy as np
import pytest
from tests.clips import pictures

from kavalan.fingerprint.pdq import pdq_of_luma
from kavalan.fingerprint.video.luma import luma_of_frame

FORMATS = [
    "yuv420p", "yuvj420p", "yuv422p", "yuv444p", "yuv410p", "yuva420p", "nv12", "nv21",
    "yuv420p10le", "yuv422p10le", "yuv444p12le", "yuv420p16le", "yuv420p10be",
    "gray", "gray10le", "gray16be", "p010le", "yuyv422", "rgb24", "bgr0", "gbrp", "rgb48le", "pal8", "rgb8",
]  # fmt: skip


def frame_of(pixels: str, size: tuple[int, int] = (333, 250)) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(next(pictures(1, size)), format="rgb24")
    return frame.reformat(format="rgb8" if pixels == "pal8" else pixels)


@pytest.mark.parametrize("pixels", FORMATS)
def test_brightness_is_that_of_the_rgb_picture(pixels):
    frame = frame_of(pixels)
    rgb = frame.to_ndarray(format="rgb24").astype(float)
    expected = rgb @ (0.299, 0.587, 0.114)
    found = luma_of_frame(frame).astype(float)
    assert found.shape == (250, 333)
    assert np.abs(found - expected).mean() < 1.5


@pytest.mark.parametrize("pixels", FORMATS)
def test_hash_is_within_ten_bits_of_pdqhash_on_rgb(pixels):
    pdqhash = pytest.importorskip("pdqhash", reason="the oracle")
    frame = frame_of(pixels)
    bits, quality = pdqhash.compute(frame.to_ndarray(format="rgb24"))
    found = pdq_of_luma(luma_of_frame(frame))
    assert np.unpackbits(np.frombuffer(found.hash, np.uint8) ^ np.packbits(bits)).sum() <= 10
    assert abs(found.quality - quality) <= 2


def test_full_range_by_the_streams_word_is_not_spread():
    frame = frame_of("yuv420p")
    frame.color_range = 2
    stored = np.frombuffer(memoryview(frame.planes[0]), np.uint8).reshape(250, -1)[:, :333]
    assert np.array_equal(luma_of_frame(frame), stored)


def test_limited_range_black_and_white_are_0_and_255():
    frame = av.VideoFrame(64, 64, "yuv420p")
    content = bytearray(frame.planes[0].buffer_size)
    content[::2] = b"\x10" * len(content[::2])
    content[1::2] = b"\xeb" * len(content[1::2])
    frame.planes[0].update(bytes(content))
    luma = luma_of_frame(frame)
    assert set(np.unique(luma)) == {0, 255}
