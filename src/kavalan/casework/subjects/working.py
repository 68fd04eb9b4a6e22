"""Who may do what about a subject, asked by every verb of subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import roles_in, visible
from kavalan.casework.cases.working import WORKS
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.identities.rules import Particulars, names_in
from kavalan.casework.intake.models import Person, Report
from kavalan.casework.said import required
from kavalan.casework.subjects.models import Subject

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.models import Indicator
    from kavalan.casework.verbs import Act, HouseAct

LONGEST = 4000
"""Characters of a hypothesis, of what speaks against it, and of a piece of evidence."""


def held(act: Act | HouseAct, subject: Subject) -> Subject:
    """The subject, locked, for an officer who works where it lies.

    Raises:
        RefusedError: when the actor does not.
    """
    if roles_in(act.officer, subject.compartment_ids(), act.at).isdisjoint(WORKS):
        raise RefusedError("Only who works on a case in which this subject is does this.")
    return Subject.objects.select_for_update(of=("self",)).select_related("unit").get(pk=subject.pk)


def held_open(act: Act | HouseAct, subject: Subject) -> Subject:
    """The same, of a hypothesis that is still followed under its own number.

    Raises:
        RefusedError: as `held`, and when it is closed or goes on in another.
    """
    subject = held(act, subject)
    if subject.merged_into is not None:
        raise RefusedError("This subject goes on in %(other)s.", other=subject.merged_into.reference)
    if subject.closed_at is not None:
        raise RefusedError("This hypothesis is closed. Take it up again first, with a reason.")
    return subject


def written(text: str, missing: str) -> str:
    """A longer text without the white space around it.

    Raises:
        RefusedError: nothing was written; `missing` says what was wanted.
    """
    return required(text, missing, LONGEST)


def require_seen(officer: Officer, at: datetime, rests_on: Report | Exhibit | None) -> None:
    """Let nobody point at what they may not see.

    Raises:
        RefusedError: the report or exhibit is not open to the officer.
    """
    if rests_on is None:
        return
    seen = (
        Report.objects.filter(visible(Report, officer, at), pk=rests_on.pk)
        if isinstance(rests_on, Report)
        else Exhibit.objects.filter(visible(Exhibit, officer, at), pk=rests_on.pk)
    )
    if not seen.exists():
        raise RefusedError("There is no such report or exhibit.")


def require_nameless(officer: Officer, at: datetime, texts: Collection[str], of: Collection[Indicator]) -> None:
    """Let no text about a subject hold what reports call whoever has the account.

    Args:
        officer: who writes; only what is open to them is compared.
        at: aware UTC.
        texts: as they were written.
        of: accounts of the subject.

    Raises:
        RefusedError: one does.
    """
    named = Person.objects.filter(visible(Report, officer, at, "report_id"), namings__indicator__in=of)
    names = {str(name) for name in named.values_list("told__name", flat=True) if name}
    for name in names:
        if any(names_in(text, Particulars(name)) for text in texts):
            raise RefusedError("It holds a name from a report. Write the subject’s number instead: names stay there.")
