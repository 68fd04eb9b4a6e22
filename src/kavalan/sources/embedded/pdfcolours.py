"""Colour spaces of PDF pictures (ISO 32000-2, 8.6), as far as a picture file can say them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import pikepdf

Stored: TypeAlias = object
_FAMILIES = {
    "DeviceGray": 1,
    "G": 1,
    "CalGray": 1,
    "DeviceRGB": 3,
    "RGB": 3,
    "CalRGB": 3,
    "DeviceCMYK": 4,
    "CMYK": 4,
}
_NESTED = 4


class UnfitError(Exception):
    """A picture that no picture file can say; the text says why."""


class Colours(NamedTuple):
    """How samples are colours.

    Attributes:
        channels: samples of a pixel: 1, 3 or 4 for grey, RGB and CMYK.
        palette: three bytes for each colour where the samples are numbers of colours.
        ink: one sample that is the amount of an ink, so that 0 is white.
    """

    channels: int
    palette: bytes = b""
    ink: bool = False


def colours_of(
    stored: Stored, names: pikepdf.Object | None, content: Callable[[pikepdf.Object], bytes], nested: int = 0
) -> Colours:
    """What a `ColorSpace` means.

    Args:
        stored: its value.
        names: the dictionary that an inline picture's names of colour spaces stand in, where there is one.
        content: reads a stream that a palette may be, bounded.
        nested: how many colour spaces this one is inside.

    Raises:
        UnfitError: it is none, or none that can be said.
    """
    if nested > _NESTED or not isinstance(stored, pikepdf.Object):
        raise UnfitError("its colours are not stated")
    if isinstance(stored, pikepdf.Name):
        return _named(str(stored)[1:], names, content, nested)
    if not isinstance(stored, pikepdf.Array) or not len(stored):
        raise UnfitError("its colours are not stated")
    family = str(stored[0])[1:]
    if family in _FAMILIES:
        return Colours(_FAMILIES[family])
    if family == "ICCBased":
        return Colours(_channels(stored[1]))
    if family in {"Indexed", "I"}:
        base = colours_of(stored[1], names, content, nested + 1)
        return Colours(1, _palette(base, stored[3], content))
    if family in {"Separation", "DeviceN"}:
        return _inks(1 if family == "Separation" else len(stored[1]))
    raise UnfitError(f"its colours are of the family {family[:30]}")


def _named(name: str, names: pikepdf.Object | None, content: Callable[[pikepdf.Object], bytes], nested: int) -> Colours:
    if name in _FAMILIES:
        return Colours(_FAMILIES[name])
    if names is None:
        raise UnfitError(f"its colours are of the family {name[:30]}")
    return colours_of(names.get("/" + name), None, content, nested + 1)


def _channels(profile: pikepdf.Object) -> int:
    channels = profile.get("/N")
    if channels not in {1, 3, 4}:
        raise UnfitError("its colour profile is of no known number of channels")
    return int(str(channels))


def _inks(count: int) -> Colours:
    if count not in {1, 4}:
        raise UnfitError(f"it is made of {count} inks")
    return Colours(count, ink=count == 1)


def _palette(base: Colours, lookup: Stored, content: Callable[[pikepdf.Object], bytes]) -> bytes:
    """The colours of an indexed picture in red, green and blue."""
    if isinstance(lookup, pikepdf.Stream):
        table = content(lookup)
    elif isinstance(lookup, pikepdf.String):
        table = bytes(lookup)
    else:
        raise UnfitError("its palette is not there")
    table = table[: 256 * base.channels]
    if base.channels == 3:
        return table[: len(table) - len(table) % 3]
    if base.channels == 1:
        return bytes(255 - value if base.ink else value for value in table for _ in range(3))
    quads = zip(table[::4], table[1::4], table[2::4], table[3::4], strict=False)
    return bytes((255 - ink) * (255 - black) // 255 for *inks, black in quads for ink in inks)
