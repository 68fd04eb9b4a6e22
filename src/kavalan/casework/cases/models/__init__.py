"""Cases and what belongs to them, each noun in a module of its own."""

from kavalan.casework.cases.models.case import Case
from kavalan.casework.cases.models.charge import Charge
from kavalan.casework.cases.models.lead import LeadHeld
from kavalan.casework.cases.models.marking import MarkingSet
from kavalan.casework.cases.models.note import Note
from kavalan.casework.cases.models.number import ExternalNumber
from kavalan.casework.cases.models.paper import CasePaper
from kavalan.casework.cases.models.part import Part
from kavalan.casework.cases.models.rearrangement import Effect, LetIn, Rearrangement, Shift, Sort
from kavalan.casework.cases.models.review import RetentionReview
from kavalan.casework.cases.models.series import Series, SeriesYear
from kavalan.casework.cases.models.stage import StageReached
from kavalan.casework.cases.models.task import Task, TaskChange, TaskState

__all__ = [
    "Case",
    "CasePaper",
    "Charge",
    "Effect",
    "ExternalNumber",
    "LeadHeld",
    "LetIn",
    "MarkingSet",
    "Note",
    "Part",
    "Rearrangement",
    "RetentionReview",
    "Series",
    "SeriesYear",
    "Shift",
    "Sort",
    "StageReached",
    "Task",
    "TaskChange",
    "TaskState",
]
