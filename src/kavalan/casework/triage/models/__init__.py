"""What the first look leaves behind, and what people do with it."""

from kavalan.casework.triage.models.alike import Bundle, Bundled, Duplicate
from kavalan.casework.triage.models.assessment import Answer, Assessment, RuleSet
from kavalan.casework.triage.models.draw import Draw, Drawn
from kavalan.casework.triage.models.minor import PossibleMinor
from kavalan.casework.triage.models.move import Move
from kavalan.casework.triage.models.urgent import Escalation, Urgent

__all__ = [
    "Answer",
    "Assessment",
    "Bundle",
    "Bundled",
    "Draw",
    "Drawn",
    "Duplicate",
    "Escalation",
    "Move",
    "PossibleMinor",
    "RuleSet",
    "Urgent",
]
