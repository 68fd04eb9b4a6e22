"""Pages of the ledger as an officer may see them: what was done in words, things and people by id or by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from kavalan.casework.accounts.models import Officer
from kavalan.casework.authority.models import Authority
from kavalan.casework.exhibits.selectors import visible_exhibits
from kavalan.casework.ledger.oversight import overseen
from kavalan.casework.ledger.words import kind_words, verb_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.ledger.models import LedgerEntry
    from kavalan.casework.records import Record

ENTRIES_A_PAGE = 50
_COLUMNS = {
    "officer": "actor",
    "verb": "verb",
    "object": "subject",
    "authority": "authority",
    "since": "at__gte",
    "until": "at__lt",
}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something of an entry.

    Attributes:
        id: by which the ledger names it.
        name: what it is called; empty where the viewer may not know.
        address: of its page; empty where there is none that the viewer may open.
    """

    id: UUID
    name: str = ""
    address: str = ""

    @property
    def short(self) -> str:
        """The beginning of the id: enough to tell things on one page apart."""
        return str(self.id)[:8]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, as far as the viewer may know what it names."""

    entry: LedgerEntry
    verb: str
    kind: str
    subject: Named
    actor: Named | None
    authority: Named | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries, the newest first, and before which number the next page begins; None on the last."""

    rows: Sequence[Row]
    before: int | None


def entry_page(officer: Officer, now: datetime, wanted: Mapping[str, object], before: int | None = None) -> EntryPage:
    """A page of the entries that the officer oversees.

    Args:
        officer: who looks.
        now: aware UTC.
        wanted: values by the names of `forms.EntriesForm`; all of them hold.
        before: only entries with a smaller number.
    """
    found = overseen(officer, now).filter(**{_COLUMNS[name]: value for name, value in wanted.items()})
    if before is not None:
        found = found.filter(number__lt=before)
    entries = list(found.order_by("-number")[: ENTRIES_A_PAGE + 1])
    page = entries[:ENTRIES_A_PAGE]
    return EntryPage(_rows(officer, now, page), page[-1].number if len(entries) > ENTRIES_A_PAGE else None)


def entry_row(officer: Officer, now: datetime, number: int) -> Row | None:
    """One entry, or None where there is none or it is not the officer's to see: one answer for both."""
    entry = overseen(officer, now).filter(number=number).first()
    return _rows(officer, now, [entry])[0] if entry else None


def colleagues(officer: Officer) -> QuerySet[Officer]:
    """The officers of one's unit, those who left last."""
    return Officer.objects.filter(unit=officer.unit_id).order_by("-is_active", "name", "pk")


def _rows(officer: Officer, now: datetime, entries: Sequence[LedgerEntry]) -> list[Row]:
    known = _known(officer, now, entries)

    def named(public_id: UUID | None) -> Named | None:
        return None if public_id is None else known.get(public_id, Named(public_id))

    return [
        Row(
            entry,
            verb_words(entry.verb),
            kind_words(entry.subject_kind),
            known.get(entry.subject, Named(entry.subject)),
            named(entry.actor),
            named(entry.authority),
        )
        for entry in entries
    ]


def _known(officer: Officer, now: datetime, entries: Sequence[LedgerEntry]) -> dict[UUID, Named]:
    """What the viewer may know of the things on a page: three queries, however many there are."""
    subjects = {entry.subject for entry in entries}
    exhibits = visible_exhibits(officer, now).filter(public_id__in=subjects)
    found = {one.public_id: Named(one.public_id, one.reference, _page("exhibit", one)) for one in exhibits}
    papers = subjects | {entry.authority for entry in entries if entry.authority}
    authorities = Authority.objects.filter(unit=officer.unit_id, public_id__in=papers)
    found |= {one.public_id: Named(one.public_id, str(one), _page("authority", one)) for one in authorities}
    people = subjects | {entry.actor for entry in entries if entry.actor}
    officers = colleagues(officer).filter(public_id__in=people)
    return found | {one.public_id: Named(one.public_id, str(one)) for one in officers}


def _page(route: str, record: Record) -> str:
    return reverse(route, args=[record.public_id])
