"""The first look at a tip: what speaks for haste and what can be worked with, each line shown and nothing decided."""

from kavalan.tips.triage.assess import Assessment, Counted, Raised, Score, assess
from kavalan.tips.triage.facts import UNKNOWN, Fact, facts_of
from kavalan.tips.triage.minors import OF_AGE, Basis, MayBeMinor, possible_minors
from kavalan.tips.triage.rules import FACTS, FactName, Floor, Line, Rules, Scale, packaged_rules, read_rules

__all__ = [
    "FACTS",
    "OF_AGE",
    "UNKNOWN",
    "Assessment",
    "Basis",
    "Counted",
    "Fact",
    "FactName",
    "Floor",
    "Line",
    "MayBeMinor",
    "Raised",
    "Rules",
    "Scale",
    "Score",
    "assess",
    "facts_of",
    "packaged_rules",
    "possible_minors",
    "read_rules",
]
