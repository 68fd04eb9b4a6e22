"""Notes of a case: written once, corrected by another."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.cases.family import goes_on_in
from kavalan.casework.cases.models import Case, Note
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.working import WORKS, held
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime

WRITES: Final = WORKS | {Role.EXAMINER}
"""Who notes something in a case: who works on it, and who examines there."""
LONGEST: Final = 10_000
"""Characters of a note; what is longer is a paper."""


@house_verb("note.write")
def write_note(
    act: HouseAct, *, case: Case, text: str, marking: Marking, happened_at: datetime | None = None
) -> Done[Note]:
    """Note something in a case.

    Args:
        act: who writes, who works or examines there.
        case: of which.
        text: pseudonyms, never a name that is sealed.
        marking: who may be told.
        happened_at: when what it tells of happened, aware UTC; now without.

    Raises:
        RefusedError: when the actor does neither, there is no text or too much, or it tells of what is to come.
    """
    return _written(act, held(act, case, WRITES), text, marking, happened_at=happened_at)


@house_verb("note.correct")
def correct_note(
    act: HouseAct, *, note: Note, text: str, marking: Marking, happened_at: datetime | None = None
) -> Done[Note]:
    """Write a note that stands in place of another; both stay.

    Raises:
        RefusedError: as for a note; or when it was corrected already, or is marked red and was not for the actor.
    """
    note = Note.objects.select_for_update(of=("self",)).select_related("case").get(pk=note.pk)
    held(act, goes_on_in(note.case), WRITES)
    if note.marking == Marking.RED and not roles_in(act.officer, [note.case.compartment_id], act.at):
        raise RefusedError("There is no such note.")
    if Note.objects.filter(corrects=note).exists():
        raise RefusedError("It was corrected already: correct the newest.")
    return _written(act, note.case, text, marking, happened_at=happened_at or note.happened_at, corrects=note)


def _written(
    act: HouseAct,
    case: Case,
    text: str,
    marking: Marking,
    *,
    happened_at: datetime | None,
    corrects: Note | None = None,
) -> Done[Note]:
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise RefusedError("A note has a text of %(most)s characters at most.", most=LONGEST)
    if happened_at is not None and happened_at > act.at:
        raise RefusedError("A note tells of what has happened; for what is to come there are tasks.")
    note = Note.objects.create(
        case=case,
        text=text,
        marking=marking,
        happened_at=happened_at or act.at,
        corrects=corrects,
        written_by=act.officer,
        written_at=act.at,
    )
    said = {
        "case": str(case.public_id),
        "marking": marking.value,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "happened_at": note.happened_at.isoformat(),
        "corrects": str(corrects.public_id) if corrects else None,
    }
    return Done(note, said)
