"""What an upload says of itself."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.casework.uploads.rules import (
    MOST_METADATA,
    MetadataError,
    mark_of,
    name_of,
    read_metadata,
    text_of,
    whole_number,
)

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=","), min_size=1, max_size=9)


@settings(deadline=None)
@given(st.dictionaries(KEYS, st.binary(max_size=60), max_size=5))
def test_what_was_said_is_read(said):
    header = ",".join(f"{key} {base64.b64encode(value).decode()}" for key, value in said.items())
    assert read_metadata(header) == said


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_header_is_read_or_refused(header):
    try:
        read_metadata(header)
    except MetadataError:
        return


@pytest.mark.parametrize("header", ["a !", "a Zg==,a Zg==", ",", "ü Zg==", "a" * (MOST_METADATA + 1)])
def test_metadata_in_another_form_is_refused(header):
    with pytest.raises(MetadataError):
        read_metadata(header)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (b"phone.zip", b"phone.zip"),
        (b"../../etc/passwd", b"passwd"),
        (b"C:\\stick\\image.E01", b"image.E01"),
        (b"..", b"upload"),
        (b"a/", b"upload"),
        (b"a\0b", b"ab"),
        (b"\xff\xfe", b"\xff\xfe"),
    ],
)
def test_file_is_called_by_the_last_part_of_its_name(given, name):
    assert name_of({"filename": given}) == name


def test_file_without_a_name_has_one():
    assert name_of({}) == b"upload"


@pytest.mark.parametrize("mark", [b"", b"A" * 64, b"a" * 63, b"\xff"])
def test_mark_that_is_none_is_no_mark(mark):
    assert mark_of({"mark": mark}) == ""


def test_text_is_cut_and_has_no_zeros():
    assert text_of({"description": b" a\0b\xff" + b"c" * 99}, "description", 4) == "ab\ufffdc"


@pytest.mark.parametrize(
    ("header", "number"), [("0", 0), ("200000", 200_000), ("-1", None), ("1e3", None), ("٣", None), ("9" * 30, None)]
)
def test_length_is_a_whole_number_in_plain_digits(header, number):
    assert whole_number(header) == number
