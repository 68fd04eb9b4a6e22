"""What can be found of cases and of what is worked in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from kavalan.casework.cases.models import Case, ExternalNumber
from kavalan.casework.cases.models.note import Note
from kavalan.casework.cases.models.task import Task
from kavalan.casework.cases.rules import Marking
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.rules import Said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def case_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Cases by their titles, their own numbers, and those of other offices, as written and as folded."""
    standing = Prefetch("numbers", ExternalNumber.objects.filter(withdrawn_at__isnull=True).order_by("pk"), "standing")
    for case in Case.objects.filter(pk__in=numbers).prefetch_related(standing):
        others: list[ExternalNumber] = vars(case)["standing"]
        yield Draft(
            number=case.pk,
            address=case.public_id,
            placed=("cases.case", case.pk),
            title=case.reference,
            note=case.title,
            lines=[(Said.TITLE, case.title), *((Said.NUMBER, f"{one.number} {one.office}") for one in others)],
            wholes=[case.reference, *(text for one in others for text in (one.number, one.folded))],
        )


def task_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Tasks by what is to be done, with the case in which it is."""
    for task in Task.objects.filter(pk__in=numbers).select_related("case"):
        yield Draft(
            number=task.pk,
            address=task.public_id,
            placed=("cases.case", task.case_id),
            title=task.title,
            note=f"{task.case.reference}, {task.get_state_display()}",
            lines=[(Said.NUMBER, task.case.reference)],
        )


def note_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Notes as they stand; neither what was corrected since, nor what is for named persons only (TLP:RED)."""
    standing = Note.objects.filter(pk__in=numbers, corrected_by__isnull=True).exclude(marking=Marking.RED)
    for note in standing.select_related("case"):
        yield Draft(
            number=note.pk,
            address=note.case.public_id,
            anchor=f"n-{note.public_id}",
            placed=("cases.case", note.case_id),
            title=note.case.reference,
            note=note.case.title,
            lines=[(Said.TEXT, note.text)],
        )
