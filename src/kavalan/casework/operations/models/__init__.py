"""Operations and what belongs to them, each noun in a module of its own."""

from kavalan.casework.operations.models.closing import ClosingReport
from kavalan.casework.operations.models.link import OperationCase, SiteSeizure
from kavalan.casework.operations.models.operation import Operation, OperationYear
from kavalan.casework.operations.models.site import Site, SiteChange, SiteEntry
from kavalan.casework.operations.models.team import Team, TeamMember
from kavalan.casework.operations.models.warrant import Warrant

__all__ = [
    "ClosingReport",
    "Operation",
    "OperationCase",
    "OperationYear",
    "Site",
    "SiteChange",
    "SiteEntry",
    "SiteSeizure",
    "Team",
    "TeamMember",
    "Warrant",
]
