"""How long things hold that no paper dates: data, `data/limits.toml`, each with its source."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files

import msgspec


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number of days, where it comes from, and how certain that is (`V`, `S`, `M`, `H` for a rule of the house)."""

    days: int
    source: str
    certainty: str

    @property
    def span(self) -> timedelta:
        """As a span of time."""
        return timedelta(days=self.days)


class Preliminary(Limit, frozen=True, forbid_unknown_fields=True):
    """How long a report's own authority lasts at most, and the `Activity` values that it permits."""

    activities: tuple[str, ...]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every limit.

    Attributes:
        version: of the file.
        preliminary: what a report's own authority permits, and for how long at most.
        warning: how long before its end a permission is warned of.
        override: how long an emergency override lasts.
        review_due: until when another supervisor reviews it.
        override_stop: for how long it may stay unreviewed before overrides stop for the unit.
    """

    version: str
    preliminary: Preliminary
    warning: Limit
    override: Limit
    review_due: Limit
    override_stop: Limit


@cache
def limits() -> Limits:
    """The limits, read once."""
    text = files("kavalan.casework.authority").joinpath("data/limits.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Limits)
