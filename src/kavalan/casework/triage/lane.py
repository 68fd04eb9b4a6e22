"""How long an urgent report may wait, and how much of the low end is looked at again: data, `data/lane.toml`."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import msgspec

Told = Literal["desk", "unit", "house"]
"""Whom a step tells: supervisors where the report lies, the unit's supervisors, the desk's administrators."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of an escalation: so many minutes after the report was raised, with where the number comes from."""

    after_minutes: Annotated[int, msgspec.Meta(gt=0)]
    to: Told
    source: str
    certainty: Literal["V", "S", "M", "H"]

    @property
    def after(self) -> timedelta:
        """As a span of time."""
        return timedelta(minutes=self.after_minutes)


class Slice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many reports are drawn a day from the lowest part of what came in within so many days."""

    a_day: Annotated[int, msgspec.Meta(gt=0)]
    lowest_percent: Annotated[int, msgspec.Meta(gt=0, le=100)]
    of_days: Annotated[int, msgspec.Meta(gt=0)]
    source: str
    certainty: Literal["V", "S", "M", "H"]


class LaneRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it; the steps one after another."""

    version: str
    step: tuple[Step, ...]
    slice: Slice

    def __post_init__(self) -> None:
        minutes = [step.after_minutes for step in self.step]
        if not minutes or minutes != sorted(set(minutes)):
            raise ValueError("the steps of an escalation come one after another")


@cache
def lane_rules() -> LaneRules:
    """The rules, read once."""
    text = files("kavalan.casework.triage").joinpath("data/lane.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), LaneRules)
