"""Boundaries out of GeoJSON."""

import io
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.casework.insight.geojson import SIZE, Request, read, simplified

SQUARES = Request("DIST_LGD", {"588": "in-32-588", "589": "in-32-589"})
COORDINATES = st.integers(-50, 50).map(float)


def square(x, y, side=1.0):
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def collection(*features):
    made = [
        {"type": "Feature", "properties": {"DIST_LGD": code}, "geometry": {"type": kind, "coordinates": coordinates}}
        for code, kind, coordinates in features
    ]
    return io.BytesIO(json.dumps({"type": "FeatureCollection", "features": made}).encode())


def distance(point, first, last):
    """To the stretch between two points, by trying places on it."""
    steps = [(first[0] + (last[0] - first[0]) * n / 500, first[1] + (last[1] - first[1]) * n / 500) for n in range(501)]
    return min(((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5 for x, y in steps)


def test_districts_are_found_by_their_code_and_drawn_in_one_square():
    file = collection(
        (588, "Polygon", [square(75, 12)]), ("589", "MultiPolygon", [[square(75, 11)]]), (1, "Polygon", [])
    )
    first, second = read(file, SQUARES)
    assert (first.place, second.place) == ("in-32-588", "in-32-589")
    # One lies above the other, and a degree of longitude is a little shorter.
    assert first.path == "M0 500 L489 500 L489 0 L0 0 L0 500 Z"
    assert first.y < second.y <= SIZE


@given(st.lists(st.tuples(COORDINATES, COORDINATES), min_size=2, max_size=12))
def test_ends_stay_and_what_goes_was_one_of_the_points(points):
    kept = simplified(points, 3.0)
    assert (kept[0], kept[-1]) == (points[0], points[-1])
    assert set(kept) <= set(points)


@given(st.lists(COORDINATES, min_size=1, max_size=12))
def test_a_line_that_runs_on_stays_as_near_as_is_asked(heights):
    points = [(float(place), height) for place, height in enumerate(heights)]
    kept = simplified(points, 3.0)
    ways = [*pairwise(kept), (kept[-1], kept[-1])]
    for point in points:
        first, last = next(way for way in ways if way[0][0] <= point[0] <= way[1][0])
        # A little more: places on the line are tried at some distance from each other.
        assert distance(point, first, last) <= 3.2


@pytest.mark.parametrize(
    ("features", "why"),
    [
        ([("7", "Polygon", [square(75, 12)])], "no feature has the code"),
        ([("588", "Polygon", [square(175, 12, 10)])], "outside longitude and latitude"),
        ([("588", "Polygon", [[[75, 12]]])], "no outline"),
    ],
)
def test_a_file_of_which_nothing_can_be_drawn_says_why(features, why):
    with pytest.raises(ValueError, match=why):
        list(read(collection(*features), SQUARES))


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[" * 5000, b'{"features": [{"properties": {}, "geometry": {"type": "Point"}}]}']
)
def test_what_is_no_collection_is_refused(data):
    with pytest.raises((ValueError, RecursionError)):
        list(read(io.BytesIO(data), SQUARES))
