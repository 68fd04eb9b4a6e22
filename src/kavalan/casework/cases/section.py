"""A section of a case's page: every room that has something to say of a case fills one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.models import Case

MOST_ROWS = 10
"""Rows that a section shows; what is more is counted, and there is a way to all."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under a heading of its own.

    Attributes:
        id: where a link on the page leads.
        heading: what it is about.
        template: draws what stands below the heading; it finds the case as `case`, what follows as `here`.
        context: what its template draws.
    """

    id: str
    heading: str | Promise
    template: str
    context: Mapping[str, object]


Provider = Callable[[Officer, Case, datetime], Section | None]
"""Fills a section for an officer who may see the case, now (aware UTC); None where nothing is to be said."""
