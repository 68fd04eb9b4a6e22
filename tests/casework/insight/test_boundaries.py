"""Boundaries that a house was given."""

import json

import pytest
from django.urls import reverse

from kavalan.casework.errors import RefusedError
from kavalan.casework.insight.boundaries import boundaries_of, keep_boundaries
from kavalan.casework.insight.tiles import tile_maps

from .test_geojson import square

KERALA = "in-32"


@pytest.fixture
def file(tmp_path):
    """Fourteen squares, one upon the other; `lacking` leaves out the last of them."""

    def do(lacking=0):
        (kerala,) = [one for one in tile_maps() if one.state == KERALA]
        features = [
            {
                "properties": {"DIST_LGD": int(tile.place.rpartition("-")[2])},
                "geometry": {"type": "Polygon", "coordinates": [square(75.0, 8.0 + number / 4, 0.25)]},
            }
            for number, tile in enumerate(kerala.tile[: 14 - lacking])
        ]
        made = tmp_path / "districts.json"
        made.write_text(json.dumps({"features": features}))
        return made

    return do


def page(client, people):
    client.force_login(people.alice)
    return client.get(reverse("insight")).text


def test_the_map_is_drawn_by_them_and_says_where_they_are_from(client, people, desk, file):
    assert "<rect" in page(client, people)
    keep_boundaries(file(), state=KERALA, code="DIST_LGD", source="squares, invented")
    text = page(client, people)
    assert ("<path d=" in text, "<rect" in text, "squares, invented" in text) == (True, False, True)


def test_where_one_is_missing_all_stay_tiles(client, people, desk, file):
    keep_boundaries(file(lacking=1), state=KERALA, code="DIST_LGD", source="squares, invented")
    text = page(client, people)
    assert ("<rect" in text, "squares, invented" in text) == (True, False)


@pytest.mark.usefixtures("people")
def test_what_cannot_be_drawn_is_refused_and_nothing_kept(file):
    for options in ({"code": "NAME", "state": KERALA}, {"code": "DIST_LGD", "state": "../in-32"}):
        with pytest.raises(RefusedError):
            keep_boundaries(file(), source="squares", **options)
    assert boundaries_of(KERALA) is None
