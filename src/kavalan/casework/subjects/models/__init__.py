"""Subjects and what is said of them, each noun in a module of its own."""

from kavalan.casework.subjects.models.account import AccountLink
from kavalan.casework.subjects.models.evidence import Evidence
from kavalan.casework.subjects.models.subject import Closing, Merging, Statement, Subject, SubjectYear
from kavalan.casework.subjects.models.watch import Told, Watch, Watcher

__all__ = [
    "AccountLink",
    "Closing",
    "Evidence",
    "Merging",
    "Statement",
    "Subject",
    "SubjectYear",
    "Told",
    "Watch",
    "Watcher",
]
