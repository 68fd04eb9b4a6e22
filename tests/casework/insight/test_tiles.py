"""The map of tiles."""

import msgspec
import pytest

from kavalan.casework.insight.tiles import TileMap, tile_maps
from kavalan.casework.routing.tables import packaged_table


def test_each_of_the_fourteen_districts_of_kerala_has_one_tile():
    (kerala,) = [one for one in tile_maps() if one.state == "in-32"]
    districts = {place.id for place in packaged_table().place if place.within == "in-32"}
    assert (len(districts), {tile.place for tile in kerala.tile}) == (14, districts)


@pytest.mark.parametrize("second", [{"place": "a", "column": 1}, {"place": "b", "column": 0}])
def test_two_tiles_of_a_place_or_at_a_place_are_refused(second):
    tiles = [{"place": "a", "short": "A", "column": 0, "row": 0}, {"short": "B", "row": 0} | second]
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"state": "s", "title": "S", "source": "own", "tile": tiles}, TileMap)
