"""Keccak-256, by published digests; and its permutation beside SHA-3, which shares it."""

import pytest

from kavalan.identifiers.coins.keccak import keccak256


@pytest.mark.parametrize(
    ("data", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
        (
            b"The quick brown fox jumps over the lazy dog",
            "4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15",
        ),
    ],
)
def test_published_digests(data, digest):
    assert keccak256(data).hex() == digest


@pytest.mark.parametrize("size", [1, 135, 136, 137, 272, 1000])
def test_every_length_is_padded_as_another_implementation_does(size):
    keccak = pytest.importorskip("Crypto.Hash.keccak", reason="pycryptodome is not installed")
    data = bytes(place % 251 for place in range(size))
    assert keccak256(data) == keccak.new(data=data, digest_bits=256).digest()
