"""When an entry is late and a silence is a gap: data, `data/limits.toml`, each with its source."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files

import msgspec


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A number of minutes, where it comes from, and how certain that is (`H` for a rule of the house)."""

    minutes: int
    source: str
    certainty: str

    @property
    def span(self) -> timedelta:
        """As a span of time."""
        return timedelta(minutes=self.minutes)


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every limit.

    Attributes:
        version: of the file.
        late_entry: how long after an event its entry is not late.
        hand_over: how long nobody need hold a thing between its giving and its receiving.
        open_offer: how long a hand-over may stay open before it presses.
        laboratory: after how long a laboratory is asked, where no day was agreed.
    """

    version: str
    late_entry: Limit
    hand_over: Limit
    open_offer: Limit
    laboratory: Limit


@cache
def limits() -> Limits:
    """The limits, read once."""
    text = files("kavalan.casework.custody").joinpath("data/limits.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Limits)
