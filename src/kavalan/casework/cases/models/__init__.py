"""Cases and what belongs to them, each noun in a module of its own."""

from kavalan.casework.cases.models.case import Case
from kavalan.casework.cases.models.note import Note
from kavalan.casework.cases.models.part import Part
from kavalan.casework.cases.models.rearrangement import Effect, LetIn, Rearrangement, Shift, Sort
from kavalan.casework.cases.models.series import Series, SeriesYear
from kavalan.casework.cases.models.task import Task, TaskChange, TaskState

__all__ = [
    "Case",
    "Effect",
    "LetIn",
    "Note",
    "Part",
    "Rearrangement",
    "Series",
    "SeriesYear",
    "Shift",
    "Sort",
    "Task",
    "TaskChange",
    "TaskState",
]
