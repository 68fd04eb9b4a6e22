"""`kavalan insight`."""

import json

from tests.cli.desk import desk, kavalan

PLACES = range(588, 602)
"""The LGD codes of the 14 districts of Kerala."""


def square(number):
    """A square degree's part, apart from those before it."""
    west, south = 75.0, 8.0 + number / 4
    corners = [(0, 0), (0.25, 0), (0.25, 0.25), (0, 0.25), (0, 0)]
    return [[west + x, south + y] for x, y in corners]


def districts(folder):
    features = [
        {
            "type": "Feature",
            "properties": {"DIST_LGD": code},
            "geometry": {"type": "Polygon", "coordinates": [square(number)]},
        }
        for number, code in enumerate(PLACES)
    ]
    file = folder / "districts.json"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


def test_boundaries_are_taken_once_they_can_be_drawn_and_refused_with_the_reason(tmp_path):
    workspace, file = desk(tmp_path / "w"), districts(tmp_path)
    named = ("--workspace", workspace, "--source", "squares, invented")
    done = kavalan("insight", "boundaries", file, *named)
    assert (done.returncode, done.stdout) == (0, "14 districts of in-32 are drawn by their boundaries.\n")
    assert list((workspace / "maps").iterdir())
    refused = kavalan("insight", "boundaries", file, *named, "--code", "NAME")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("kavalan: ")
