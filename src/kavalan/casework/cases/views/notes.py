"""The notes of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.family import goes_on_in
from kavalan.casework.cases.notes import note_for, note_page
from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import correct_note, write_note
from kavalan.casework.cases.services.notes import WRITES
from kavalan.casework.cases.work_forms import NoteForm
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.forms.queries import uuid_of

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.cases.models import Case


@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The notes of a case, the newest first; a POST writes one."""
    officer, now = officer_of(request), timezone.now()
    case = case_or_404(request, public_id)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"marking": case.marking})
    if form.is_valid():
        try:
            write_note(officer, now, case=case, **_said(form))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case-notes", public_id)
    context = {
        "case": case,
        "page": note_page(officer, case, now, uuid_of(request.GET.get("before", ""))),
        "form": form,
        "writes": case.merged_into_id is None and _writes(request, case),
    }
    return render(request, "cases/notes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write a note in place of another."""
    officer, now = officer_of(request), timezone.now()
    note = note_for(officer, public_id, now)
    if note is None:
        raise Http404
    first = {"text": note.text, "marking": note.marking, "happened_at": timezone.localtime(note.happened_at)}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        try:
            correct_note(officer, now, note=note, **_said(form))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case-notes", goes_on_in(note.case).public_id)
    context = {"note": note, "case": note.case, "form": form, "writes": _writes(request, goes_on_in(note.case))}
    return render(request, "cases/correct_note.html", context, status=422 if form.errors else 200)


def _writes(request: HttpRequest, case: Case) -> bool:
    return bool(roles_in(officer_of(request), [case.compartment_id], timezone.now()) & WRITES)


def _said(form: NoteForm) -> dict[str, Any]:
    return {**form.cleaned_data, "marking": Marking(form.cleaned_data["marking"])}
