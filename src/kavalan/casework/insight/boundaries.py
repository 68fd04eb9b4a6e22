"""Boundaries that a house was given, in place of the tiles: read in a confined process, kept in the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from django.conf import settings

from kavalan.casework.errors import RefusedError
from kavalan.casework.insight.geojson import MOST_BYTES, Request, Shape
from kavalan.casework.routing.tables import packaged_table
from kavalan.sandbox import Limits, Pool

if TYPE_CHECKING:
    from pathlib import Path

_LIMITS: Final = Limits(memory=1 << 30, answer_bytes=8 << 20)


class Boundaries(msgspec.Struct, frozen=True):
    """The outlines of a State's districts, and where they are from."""

    state: str
    source: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    shapes: tuple[Shape, ...]


def keep_boundaries(file: Path, *, state: str, code: str, source: str) -> Boundaries:
    """Read a GeoJSON file and draw its districts from then on.

    Args:
        file: features with polygons in longitude and latitude.
        state: the id of a State in the routing tables.
        code: the property that holds a district's code of the Local Government Directory.
        source: where the boundaries are from, as it stands below the map.

    Raises:
        RefusedError: when nothing of it can be drawn; the text says why.
        OSError: the file cannot be read.
    """
    places = {str(one.lgd): one.id for one in packaged_table().place if one.within == state and one.lgd}
    if not places:
        raise RefusedError("The routing tables know no district of this State.")
    if file.stat().st_size > MOST_BYTES:
        raise RefusedError("The file is larger than 64 MiB.")
    with (
        file.open("rb") as opened,
        Pool("kavalan.casework.insight.geojson:read", Request, Shape, limits=_LIMITS) as pool,
    ):
        outcome = pool.run(opened, Request(code, places))
    if outcome.failure is not None:
        raise RefusedError("The boundaries cannot be drawn: %(why)s", why=outcome.failure.detail)
    made = Boundaries(state, source, tuple(outcome.records))
    kept = _file(state)
    kept.parent.mkdir(exist_ok=True)
    new = kept.with_suffix(".new")
    new.write_bytes(msgspec.json.encode(made))
    new.replace(kept)
    return made


def boundaries_of(state: str) -> Boundaries | None:
    """Those that were kept for a State; None without."""
    try:
        data = _file(state).read_bytes()
    except FileNotFoundError:
        return None
    return msgspec.json.decode(data, type=Boundaries)


def _file(state: str) -> Path:
    folder: Path = settings.KAVALAN_WORKSPACE
    return folder / "maps" / f"{state}.json"
