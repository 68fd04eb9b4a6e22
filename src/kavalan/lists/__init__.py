"""Hash lists: read from their owners' files, kept with their agreements, changed while in use, matched against."""

from kavalan.lists.catalogue import Catalogue, Status
from kavalan.lists.edit import Changed, Editor
from kavalan.lists.errors import (
    BusyError,
    DamagedError,
    LapsedError,
    ListError,
    MovedError,
    NotAgreedError,
    TooLargeError,
    TruncatedError,
    UnknownListError,
    VotesMissingError,
    WrongFormatError,
)
from kavalan.lists.hits import Answer, Cut, Hit, Known, Limits, Method, Subject, Tally
from kavalan.lists.info import Agreement, ListInfo
from kavalan.lists.matcher import Matcher
from kavalan.lists.model import RADIUS, Category, Entry, Flag, Kind, Opaque, near_refusal

__all__ = [
    "RADIUS",
    "Agreement",
    "Answer",
    "BusyError",
    "Catalogue",
    "Category",
    "Changed",
    "Cut",
    "DamagedError",
    "Editor",
    "Entry",
    "Flag",
    "Hit",
    "Kind",
    "Known",
    "LapsedError",
    "Limits",
    "ListError",
    "ListInfo",
    "Matcher",
    "Method",
    "MovedError",
    "NotAgreedError",
    "Opaque",
    "Status",
    "Subject",
    "Tally",
    "TooLargeError",
    "TruncatedError",
    "UnknownListError",
    "VotesMissingError",
    "WrongFormatError",
    "near_refusal",
]
