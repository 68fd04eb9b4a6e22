"""The timeline of a case: what happened in it, when, and when that was entered, told from the rows that say so.

Nothing is written for it. Every sort of event is a query of the same columns; one statement joins them all and cuts a
page, so that a page takes as many statements in a case of ten events as in one of ten thousand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.happening import Asked, Happening
from kavalan.casework.cases.happenings import HAPPENINGS
from kavalan.casework.cases.named import Name, names_of
from kavalan.casework.ledger.words import kind_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from kavalan.casework.cases.models import Case

    Row = tuple[int, datetime, datetime, int, int | None, str, str, str, int, UUID]

EVENTS_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Cursor:
    """The event behind which a page begins: its time, its sort's place among the sorts, its row's number."""

    at: datetime
    rank: int
    number: int


@dataclass(frozen=True, slots=True)
class Event:
    """One event.

    Attributes:
        happening: its sort.
        cursor: where it stands: `at` is when it happened.
        entered_at: when the desk was told.
        who: entered it; None where the desk did.
        code: what of its sort, as a stage or a state; empty for a sort that has one only.
        text: what was written with it.
        kind: the label of what it happened to, beside the case; empty where that is nothing else.
        about: what that is; None where it is closed to who looks.
        key: the public id of the row that says so.
    """

    happening: Happening
    cursor: Cursor
    entered_at: datetime
    who: Officer | None
    code: str
    text: str
    kind: str
    about: Name | None
    key: UUID

    @property
    def words(self) -> str:
        """What happened, in the page's language."""
        return self.happening.words(self.code, self.cursor.at)

    @property
    def sort(self) -> str:
        """Of what sort that is to which it happened, in words."""
        return kind_words(self.kind.rpartition(".")[2])

    @property
    def late(self) -> bool:
        """Whether it was entered on another day than it happened."""
        return self.entered_at.date() != self.cursor.at.date()


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, the latest first, and where the next page begins."""

    events: Sequence[Event]
    after: Cursor | None


def timeline_of(
    officer: Officer,
    case: Case,
    now: datetime,
    *,
    after: Cursor | None = None,
    only: str = "",
    most: int = EVENTS_A_PAGE,
) -> EventPage:
    """A page of what happened in a case and in those that were merged into it, the latest first.

    Args:
        officer: who looks, who may see the case.
        case: of which.
        now: aware UTC.
        after: where the page before ended.
        only: the group of the sorts that are meant; all without.
        most: events of a page.
    """
    asked, behind = Asked(officer, case, now), (after.at, after.rank, after.number) if after else None
    parts = [sort.read(asked, rank, behind) for rank, sort in enumerate(HAPPENINGS) if only in {"", sort.group}]
    if not parts:
        return EventPage([], None)
    rows: list[Row] = list(_latest(parts)[: most + 1])
    page = rows[:most]
    events = _events(officer, page, now)
    return EventPage(events, events[-1].cursor if len(rows) > most else None)


def _latest(parts: Sequence[QuerySet[Model, Row]]) -> QuerySet[Model, Row]:
    joined = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return joined.order_by("-e_at", "-e_rank", "-e_number")


def _events(officer: Officer, rows: Sequence[Row], now: datetime) -> list[Event]:
    people = Officer.objects.in_bulk({by for row in rows if (by := row[4]) is not None})
    names = names_of(officer, ((kind, number) for *_, kind, number, _key in rows if kind), now)
    found = []
    for rank, at, entered_at, number, by, code, text, kind, about, key in rows:
        who = people[by] if by is not None else None
        cursor = Cursor(at, rank, number)
        found.append(Event(HAPPENINGS[rank], cursor, entered_at, who, code, text, kind, names.get((kind, about)), key))
    return found
