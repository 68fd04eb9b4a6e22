"""Boundaries out of a GeoJSON file (RFC 7946), simplified: the task of a confined process; bounded throughout."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

MOST_BYTES: Final = 64 << 20
MOST_POINTS: Final = 2_000_000
SIZE: Final = 1000
"""Width and height of the drawing, whichever is greater."""
TOLERANCE: Final = 1.5
"""So far, in units of the drawing, a simplified line may lie beside the true one."""

_Ring = list[list[float]]
_Point = tuple[float, float]


class Request(msgspec.Struct, frozen=True):
    """Which features are wanted: the property that holds a district's code, and the district's id by its code."""

    code: str
    places: dict[str, str]


class Shape(msgspec.Struct, frozen=True):
    """A district's outline as an SVG path in a square of `SIZE`, and the middle of its largest part."""

    place: str
    path: Annotated[str, msgspec.Meta(max_length=200_000, pattern=r"^[MLZ0-9 ]*$")]
    x: Annotated[int, msgspec.Meta(ge=0, le=SIZE)]
    y: Annotated[int, msgspec.Meta(ge=0, le=SIZE)]


class _Geometry(msgspec.Struct):
    type: Literal["Polygon", "MultiPolygon"]
    coordinates: msgspec.Raw


class _Feature(msgspec.Struct):
    properties: dict[str, str | int | float | bool | None]
    geometry: _Geometry


class _Collection(msgspec.Struct):
    features: list[_Feature]


def read(source: BinaryIO, request: Request) -> Iterator[Shape]:
    """The task.

    Raises:
        ValueError: it is no such file, is too large, or holds none of the districts; the text says why.
    """
    data = source.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError("the file is larger than 64 MiB")
    found: dict[str, list[list[_Point]]] = {}
    for feature in msgspec.json.decode(data, type=_Collection).features:
        place = request.places.get(_code(feature.properties.get(request.code)))
        if place is not None:
            found.setdefault(place, []).extend(_rings(feature.geometry))
    if not found:
        raise ValueError(f"no feature has the code of a district in its property {request.code!r}")
    yield from _drawn(found)


def simplified(points: Sequence[_Point], tolerance: float) -> list[_Point]:
    """A line with fewer points, none of the others farther from it than the tolerance (Douglas and Peucker, 1973)."""
    kept, ways = {0, len(points) - 1}, [(0, len(points) - 1)]
    while ways:
        first, last = ways.pop()
        between = range(first + 1, last)
        middle = max(between, key=lambda one: _off(points[one], points[first], points[last]), default=None)
        if middle is not None and _off(points[middle], points[first], points[last]) > tolerance:
            kept.add(middle)
            ways += [(first, middle), (middle, last)]
    return [points[one] for one in sorted(kept)]


def _code(value: str | float | None) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _rings(geometry: _Geometry) -> list[list[_Point]]:
    """The outer rings; holes are not drawn."""
    if geometry.type == "Polygon":
        parts = [msgspec.json.decode(geometry.coordinates, type=list[_Ring])]
    else:
        parts = msgspec.json.decode(geometry.coordinates, type=list[list[_Ring]])
    rings = [[(point[0], point[1]) for point in part[0] if len(point) >= 2] for part in parts if part]
    if any(not (-180 <= x <= 180 and -90 <= y <= 90) for ring in rings for x, y in ring):
        raise ValueError("a point lies outside longitude and latitude")
    if sum(map(len, rings)) > MOST_POINTS:
        raise ValueError("it has more points than are read")
    return [ring for ring in rings if len(ring) >= 4]


def _drawn(found: dict[str, list[list[_Point]]]) -> Iterator[Shape]:
    every = [point for rings in found.values() for ring in rings for point in ring]
    if not every:
        raise ValueError("the districts have no outline")
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    # A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    narrow = math.cos(math.radians((south + north) / 2))
    scale = SIZE / max((east - west) * narrow, north - south, 1e-9)
    for place, rings in sorted(found.items()):
        outlines = [[((x - west) * narrow * scale, (north - y) * scale) for x, y in ring] for ring in rings]
        largest = max(outlines, key=_area)
        path = " ".join(_path(simplified(one, TOLERANCE)) for one in outlines if one is largest or _area(one) > SIZE)
        x, y = (sum(point[axis] for point in largest) / len(largest) for axis in (0, 1))
        yield Shape(place, path, round(x), round(y))


def _path(points: Sequence[_Point]) -> str:
    return "M" + " L".join(f"{round(x)} {round(y)}" for x, y in points) + " Z"


def _area(points: Sequence[_Point]) -> float:
    around = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x * y2 - x2 * y for (x, y), (x2, y2) in around)) / 2


def _off(point: _Point, first: _Point, last: _Point) -> float:
    """How far a point lies from the stretch between two."""
    along, across = last[0] - first[0], last[1] - first[1]
    length = along * along + across * across
    if not length:
        return math.dist(point, first)
    part = ((point[0] - first[0]) * along + (point[1] - first[1]) * across) / length
    held = min(max(part, 0.0), 1.0)
    return math.dist(point, (first[0] + held * along, first[1] + held * across))
