"""The notes of a case that an officer may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef, Q

from kavalan.casework.access.models import Grant
from kavalan.casework.access.selectors import visible
from kavalan.casework.cases.family import family_of
from kavalan.casework.cases.models import Case, Note
from kavalan.casework.cases.rules import Marking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

NOTES_A_PAGE: Final = 20


@dataclass(frozen=True, slots=True)
class NotePage:
    """Notes, the newest first, and the one before which the next page begins."""

    notes: Sequence[Note]
    before: UUID | None


def open_to(officer: Officer, now: datetime) -> Q:
    """A condition on notes of cases that the officer sees: what is marked red is for who was let in at its own case.

    A merge shows others the case, and not what was written in it for named persons only.
    """
    theirs = Q(officer=officer.pk) | Q(unit=officer.unit_id)
    in_force = Q(until__isnull=True) | Q(until__gt=now)
    let_in = Grant.objects.filter(theirs, in_force, compartment__case=OuterRef("case"))
    return ~Q(marking=Marking.RED) | Q(Exists(let_in))


def notes_of(officer: Officer, case: Case, now: datetime) -> QuerySet[Note]:
    """The notes of a case that the officer sees, and of those that were merged into it, the newest first."""
    found = Note.objects.filter(open_to(officer, now), case__in=family_of(case)).order_by("-pk")
    return found.select_related("case", "written_by", "corrects", "corrected_by")


def note_page(officer: Officer, case: Case, now: datetime, before: UUID | None = None) -> NotePage:
    """A page of them."""
    notes = notes_of(officer, case, now)
    if before is not None:
        notes = notes.filter(pk__lt=Note.objects.filter(public_id=before).values("pk"))
    found = list(notes[: NOTES_A_PAGE + 1])
    page = found[:NOTES_A_PAGE]
    return NotePage(page, page[-1].public_id if len(found) > NOTES_A_PAGE else None)


def note_for(officer: Officer, public_id: UUID, now: datetime) -> Note | None:
    """The note, or None where there is none or it may not be read: one answer for both."""
    seen = Note.objects.filter(visible(Case, officer, now, "case_id"), open_to(officer, now))
    return seen.select_related("case__unit").filter(public_id=public_id).first()
