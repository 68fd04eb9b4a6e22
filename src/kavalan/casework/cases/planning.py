"""Templates of tasks: dated data, `data/tasks.toml`, each row with its source and how sure it is."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One task of a template.

    Attributes:
        id: stays when the words change.
        words: what is to be done.
        within_days: by the end of which day after it is planned; None where nothing urges.
        source: where it was read, or that it is a habit of the house.
        certainty: V read in the law, S a secondary source, M from memory, H a habit of the house.
    """

    id: Key
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    source: Annotated[str, msgspec.Meta(min_length=1)]
    certainty: Literal["V", "S", "M", "H"]
    within_days: Annotated[int, msgspec.Meta(ge=0)] | None = None

    def due_after(self, at: datetime) -> datetime | None:
        """From when on it is late, where it is planned at that time."""
        return None if self.within_days is None else end_of(timezone.localdate(at) + timedelta(self.within_days))


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template: what it is called, from which day its rows are so, its tasks."""

    id: Key
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    since: date
    step: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1)]

    def __post_init__(self) -> None:
        if len({step.id for step in self.step}) < len(self.step):
            raise ValueError("a step of a template is given twice")


class _Plans(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    template: tuple[Plan, ...]


@cache
def task_plans() -> Mapping[str, Plan]:
    """The templates by their ids, read once."""
    text = (files("kavalan.casework.cases") / "data" / "tasks.toml").read_text("utf-8")
    plans = msgspec.convert(tomllib.loads(text), _Plans).template
    return {plan.id: plan for plan in plans}


def end_of(day: date) -> datetime:
    """The first moment of the next day in the desk's zone: from when on what is due on that day is late."""
    return timezone.make_aware(datetime.combine(day + timedelta(1), datetime.min.time()))
