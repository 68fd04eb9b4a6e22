"""Sorts of things that the first page names; each room says its own in its module `waits`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.functional import Promise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from kavalan.casework.accounts.models import Officer

Words = str | Promise


class Shelf(Enum):
    """Under which heading of the first page things of a sort stand."""

    DUE = "due"
    WAITS = "waits"
    ENDS = "ends"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks, when, and since when they were not here: now, at the first sign-in."""

    officer: Officer
    now: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: what it is called, the id in its address, the moment that matters about it, the value of its kind."""

    label: str
    key: UUID | None
    at: datetime | None
    kind: str


@dataclass(frozen=True, slots=True)
class Sort:
    """Things of one sort, all of them read by the one statement that asks every room.

    Attributes:
        name: its own, `room.what`.
        shelf: under which heading.
        what: must be done, or is the matter.
        rows: those that the officer may see and that are meant; neither cut nor values.
        order: of the rows, as `order_by` takes it.
        label: what a thing is called: a text that the database can say.
        at: the moment that matters, as `deadline`.
        key: the id in its address.
        kind: a value of a choice, where a thing is named by one.
        kinds: the words for the values of `kind`.
        rank: numbers by which the rows stand in their order, where a window over `order` cannot say it.
        route: where it leads.
        bare: the route takes no id: one place for all of them.
        said: how a thing is worded: with `%(label)s`, and `%(kind)s` and the day `%(on)s` where it has them.
        counted: the words for one and for several, `%(number)s reports`, where they are counted and not named.
        urgent: whether somebody should have done it already, or work has stopped.
    """

    name: str
    shelf: Shelf
    what: Words
    rows: Callable[[Asker], QuerySet[Any]]
    route: str
    order: Sequence[str] = ("-pk",)
    label: Combinable = field(default_factory=lambda: F("reference"))
    at: Combinable | None = None
    key: Combinable = field(default_factory=lambda: F("public_id"))
    kind: Combinable | None = None
    kinds: Mapping[str, Words] = field(default_factory=dict)
    rank: Combinable | None = None
    bare: bool = False
    said: Words = "%(label)s"
    counted: tuple[Words, Words] | None = None
    urgent: Callable[[Line, datetime], bool] | bool = False


def past(line: Line, now: datetime) -> bool:
    """Whether its moment has passed: what many sorts call urgent."""
    return line.at is not None and line.at <= now
