"""Small rules about exhibits."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.exhibits.rules import Family, family, scan_digest


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image/jpeg", Family.PICTURE),
        ("image/heic", Family.PICTURE),
        ("video/mp4", Family.VIDEO),
        ("audio/mpeg", Family.OTHER),
        ("application/octet-stream", Family.OTHER),
        ("imagery", Family.OTHER),
        (None, Family.OTHER),
    ],
)
def test_family_is_told_by_the_media_type(kind, expected):
    assert family(kind) == expected


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=5))
def test_scan_digest_is_sha256_of_the_digests_in_order(digests):
    assert scan_digest(digests) == hashlib.sha256(b"".join(digests)).digest()
