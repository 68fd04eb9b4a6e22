"""Where each district stands on the map: data, one file of `data/maps` for each State."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec

Step = Annotated[int, msgspec.Meta(ge=0, le=30)]


class Tile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A district: its id in the routing tables, three letters for it, its column and row from the upper left."""

    place: str
    short: Annotated[str, msgspec.Meta(min_length=1, max_length=4)]
    column: Step
    row: Step


class TileMap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tiles of a State, and where the drawing is from."""

    state: str
    title: str
    source: str
    tile: tuple[Tile, ...]

    def __post_init__(self) -> None:
        if len({(one.column, one.row) for one in self.tile}) < len(self.tile):
            raise ValueError("two tiles lie upon each other")
        if len({one.place for one in self.tile}) < len(self.tile):
            raise ValueError("a district has two tiles")


@cache
def tile_maps() -> tuple[TileMap, ...]:
    """Every State's, by the names of the files."""
    folder = files("kavalan.casework.insight").joinpath("data/maps")
    found = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
    return tuple(msgspec.convert(tomllib.loads(one.read_text("utf-8")), TileMap) for one in found)
