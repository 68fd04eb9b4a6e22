"""What is joined in a case, as the sections of its page tell it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db.models import Model

from kavalan.casework.cases.section import MOST_ROWS
from kavalan.casework.cases.selectors import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.cases.models import Case, Part

Joined = TypeVar("Joined", bound=Model)


@dataclass(frozen=True, slots=True)
class JoinedRow(Generic[Joined]):
    """One part, and what it is; None where that is closed to who looks."""

    part: Part
    it: Joined | None


@dataclass(frozen=True, slots=True)
class JoinedRows(Generic[Joined]):
    """The first parts of one model in the order in which they came, and whether there are more."""

    rows: Sequence[JoinedRow[Joined]]
    more: bool


def joined_rows(case: Case, seen: QuerySet[Joined], most: int = MOST_ROWS) -> JoinedRows[Joined]:
    """The first parts of a case that are of one model.

    Args:
        case: of which it is asked.
        seen: what of the model the officer may see.
        most: how many.
    """
    parts = list(parts_of(case, seen.model).select_related("added_by")[: most + 1])
    found = seen.in_bulk([part.object_id for part in parts[:most]])
    return JoinedRows([JoinedRow(part, found.get(part.object_id)) for part in parts[:most]], len(parts) > most)
