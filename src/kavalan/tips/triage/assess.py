"""Counting: three scores that are never added up, every line of them shown, and the floors apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from kavalan.tips.triage.facts import UNKNOWN, Fact
from kavalan.tips.triage.rules import Floor, Line, Rules, Scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kavalan.tips.triage.rules import FactName


class Counted(msgspec.Struct, frozen=True):
    """A line of a score, whether it counted or not.

    Attributes:
        line: the rule.
        fact: its answer; unknown where nothing was said.
    """

    line: Line
    fact: Fact

    @property
    def points(self) -> int:
        """What it adds: its weight where the answer is yes, nothing where it is no or unknown."""
        return self.line.weight if self.fact.answer else 0


class Score(msgspec.Struct, frozen=True):
    """One scale with all its lines, in the order of the rules."""

    scale: Scale
    lines: tuple[Counted, ...]

    @property
    def points(self) -> int:
        """The sum of what its lines add."""
        return sum(line.points for line in self.lines)

    @property
    def unknown(self) -> int:
        """How many of its lines nobody answered: a low score of many unknown lines says little."""
        return sum(line.fact.answer is None for line in self.lines)


class Raised(msgspec.Struct, frozen=True):
    """A floor that holds, and what it rests on."""

    floor: Floor
    fact: Fact


class Assessment(msgspec.Struct, frozen=True):
    """The first look at a tip. It orders a list; it closes nothing and decides nothing.

    Attributes:
        rules: version of the rules.
        risk: whether a child needs somebody.
        workability: whether anybody can be found with what is there.
        viewing: what the eye may leave for later.
        urgent: floors that hold: any of them, and the tip is in the urgent lane whatever the scores are.
    """

    rules: str
    risk: Score
    workability: Score
    viewing: Score
    urgent: tuple[Raised, ...]


def assess(facts: Mapping[FactName, Fact], rules: Rules) -> Assessment:
    """Count what is known of a tip.

    Args:
        facts: from `facts_of`; one that is missing is unknown.
        rules: which version.
    """

    def score(scale: Scale) -> Score:
        lines = (line for line in rules.line if line.scale == scale)
        return Score(scale, tuple(Counted(line, facts.get(line.fact, UNKNOWN)) for line in lines))

    raised = (Raised(floor, facts.get(floor.fact, UNKNOWN)) for floor in rules.floor)
    return Assessment(
        rules.version,
        score("risk"),
        score("workability"),
        score("viewing"),
        tuple(one for one in raised if one.fact.answer),
    )
