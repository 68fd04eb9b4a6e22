"""Several stories told in the order of time, so that the demo's ledger reads as that of a desk which worked for months.

A story is a generator: it says how many days ago its next scene is, and goes on when everything before was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case
    from kavalan.casework.intake.models import Desk

Story = Iterator[float]
"""Says days before the demo is made, each fewer than the one before."""


@dataclass
class World:
    """Who is there, and when it is.

    Attributes:
        now: when the demo is made, aware UTC.
        at: when the scene is that is told.
        officers: by badge.
        desks: intake desks, by the badge of who takes reports in there.
        cases: by a name of the story's own.
    """

    now: datetime
    at: datetime
    officers: dict[str, Officer] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)


def tell(world: World, stories: Iterable[Story]) -> None:
    """Tell all of them to their ends, scene by scene, the earliest first."""
    waiting: list[tuple[float, int, Story]] = []
    for number, story in enumerate(stories):
        _wait(waiting, number, story)
    while waiting:
        days, number, story = heappop(waiting)
        world.at = world.now + timedelta(days=days)
        _wait(waiting, number, story)
    world.at = world.now


def _wait(waiting: list[tuple[float, int, Story]], number: int, story: Story) -> None:
    days = next(story, None)
    if days is not None:
        heappush(waiting, (-days, number, story))
