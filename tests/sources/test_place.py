"""Paths of items: whatever names are made of, two places never look alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kavalan.sources import Part, Place, parse, shown
from kavalan.sources.place import below, rest_of

TOP = st.binary(min_size=1, max_size=6).map(lambda name: name.replace(b"\0", b"-"))
NAMES = st.lists(st.sampled_from([b"\0", b"/", b"#", b"!", b"2", b"a", b"\xff", "»".encode()]), max_size=8).map(
    b"".join
)
PLACES = st.tuples(TOP, st.lists(st.tuples(NAMES, st.integers(0, 12)), max_size=4), st.booleans())


def path_of(top, parts, rest):
    path = top
    for name, again in parts:
        path = below(path, Part(name, again))
    return rest_of(path) if rest else path


@settings(deadline=None)
@given(PLACES)
def test_a_path_is_taken_apart_into_what_it_was_made_of(place):
    top, parts, rest = place
    assert parse(path_of(*place)) == Place((Part(top), *(Part(*part) for part in parts)), rest)


@settings(deadline=None)
@given(PLACES, PLACES)
def test_two_places_never_have_one_path_nor_one_look(one, other):
    if one != other:
        assert path_of(*one) != path_of(*other)
        assert shown(path_of(*one)) != shown(path_of(*other))


@settings(deadline=None)
@given(PLACES)
def test_what_is_shown_is_one_printable_line(place):
    assert shown(path_of(*place)).isprintable()


def test_paths_of_a_folder_are_as_they_were():
    assert parse(b"a/b.jpg") == Place((Part(b"a/b.jpg"),))
    assert shown("ചിത്രം/a.jpg".encode()) == "ചിത്രം/a.jpg"


def test_members_are_shown_behind_their_container():
    path = below(below(b"a.zip", Part(b"b\\c")), Part(b"\xff\n\xc2\xbb", 1))
    assert shown(path) == "a.zip » b\\\\c » \\xff\\n\\u00bb «2»"
    assert shown(rest_of(b"a.zip")) == "a.zip « not read"


@pytest.mark.parametrize("path", [b"a\0", b"a\0x", b"a\0#", b"a\0#x"])
def test_what_is_no_path_is_refused(path):
    with pytest.raises(ValueError, match=r"path|int"):
        parse(path)
