"""Small rules about exhibits."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.exhibits.rules import Family, family, scan_digest, shown_path


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


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (b"DCIM/0001.jpg", "DCIM/0001.jpg"),
        ("കടൽ/चित्र.jpg".encode(), "കടൽ/चित्र.jpg"),
        (b"bad\xff.jpg", r"bad\xff.jpg"),
        (b"two\nlines\x1b[2J", r"two\u000alines\u001b[2J"),
        ("photo\u202egpj.exe".encode(), r"photo\u202egpj.exe"),
        ("\U000e0041".encode(), r"\U000e0041"),
        (rb"C:\xff", r"C:\\xff"),
    ],
)
def test_path_is_shown_safely(path, shown):
    assert shown_path(path) == shown


@given(st.binary())
def test_shown_path_is_one_printable_line(path):
    assert shown_path(path).isprintable()


@given(st.binary(max_size=12), st.binary(max_size=12))
def test_different_paths_are_shown_differently(one, other):
    assert (shown_path(one) == shown_path(other)) == (one == other)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=5))
def test_scan_digest_is_sha256_of_the_digests_in_order(digests):
    assert scan_digest(digests) == hashlib.sha256(b"".join(digests)).digest()
