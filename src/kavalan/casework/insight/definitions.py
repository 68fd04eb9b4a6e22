"""What each figure means: data, `data/figures.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One figure: its name, what it counts, by which query, by which moment a thing belongs to a year, since when."""

    id: str
    name: str
    words: str
    source: str
    of: str
    since: date


class Length(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A median of days; it has no sums."""

    name: str
    words: str
    source: str
    since: date


class Gap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a district stands out: from so many reports on, with less than this share of the cases that others have."""

    name: str
    words: str
    reports: Annotated[int, msgspec.Meta(ge=5)]
    share: Annotated[float, msgspec.Meta(gt=0, lt=1)]
    since: date


class Definitions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, in the order in which they are shown."""

    version: str
    figure: tuple[Figure, ...]
    length: Length
    gap: Gap


@cache
def definitions() -> Definitions:
    """The definitions, read once."""
    text = files("kavalan.casework.insight").joinpath("data/figures.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Definitions)
