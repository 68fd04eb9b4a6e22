"""Ranks as data: `data/ranks.toml` says from where each is known, and how surely."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Rank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rank.

    Attributes:
        code: how records name it; never changed once it was used.
        name: in full.
        short: as it stands before a name.
        order: higher is above; equal ranks stand side by side.
        source: the act or order from which it is known, or that it is usage.
        certainty: `source` where the paper says it, `check` where nobody has held it against one yet.
    """

    code: str
    name: str
    short: str
    order: int
    source: str
    certainty: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    rank: tuple[Rank, ...]


@cache
def ranks() -> dict[str, Rank]:
    """Every rank by its code, from the lowest."""
    text = files("kavalan.casework.accounts").joinpath("data/ranks.toml").read_text("utf-8")
    read = msgspec.convert(tomllib.loads(text), _File)
    return {rank.code: rank for rank in sorted(read.rank, key=lambda rank: rank.order)}
