"""Dated law, ranks and time limits as data, each statement with its source and how sure it is."""

from kavalan.law.count import Due, due
from kavalan.law.errors import CountError, LawError, MalformedLawError, NotInForceError, UnknownError
from kavalan.law.law import Law
from kavalan.law.load import load_law, packaged_law
from kavalan.law.model import (
    MEANING,
    Act,
    Certainty,
    Clock,
    Code,
    Days,
    Hours,
    Investigator,
    Months,
    Provision,
    Rank,
    Said,
    Section,
    Trigger,
    UnitKind,
    WithoutDelay,
)

__all__ = [
    "MEANING",
    "Act",
    "Certainty",
    "Clock",
    "Code",
    "CountError",
    "Days",
    "Due",
    "Hours",
    "Investigator",
    "Law",
    "LawError",
    "MalformedLawError",
    "Months",
    "NotInForceError",
    "Provision",
    "Rank",
    "Said",
    "Section",
    "Trigger",
    "UnitKind",
    "UnknownError",
    "WithoutDelay",
    "due",
    "load_law",
    "packaged_law",
]
