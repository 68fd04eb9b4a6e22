"""Cases and what belongs to them, each noun in a module of its own."""

from kavalan.casework.cases.models.case import Case
from kavalan.casework.cases.models.part import Part
from kavalan.casework.cases.models.series import Series, SeriesYear

__all__ = ["Case", "Part", "Series", "SeriesYear"]
