"""The list of subjects, opening one, its own page, closing it and taking it up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.selectors import case_for
from kavalan.casework.cases.services import join
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.forms.queries import uuid_of
from kavalan.casework.subjects.asked import subject_or_404
from kavalan.casework.subjects.forms import CloseForm, OpenForm, RestateForm, Things
from kavalan.casework.subjects.query import ALL, CLOSED, OPEN, SubjectsQuery
from kavalan.casework.subjects.rules import Closed
from kavalan.casework.subjects.selectors import subjects as selectors
from kavalan.casework.subjects.services import close_subject, open_subject, reopen_subject, restate_subject
from kavalan.casework.subjects.views.pages import subject_page, tried

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
def subjects(request: HttpRequest) -> HttpResponse:
    """The subjects that are open to the officer, the newest first."""
    officer, now, query = officer_of(request), timezone.now(), SubjectsQuery(request.GET)
    words = {OPEN: _("followed"), CLOSED: _("closed"), ALL: _("all, merged ones too")}
    context = {
        "query": query,
        "page": selectors.subject_page(officer, query, now),
        "standings": [
            (text, query.with_filter("standing", "" if key == OPEN else key), key == query.standing)
            for key, text in words.items()
        ],
    }
    return render(request, "subjects/subjects.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_subject(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a subject in a case."""
    case = case_or_404(request, public_id)
    officer, now = officer_of(request), timezone.now()
    reports = selectors.reports_in([case], officer, now)
    things = Things(reports, selectors.exhibits_in([case], officer, now))
    form = OpenForm(request.POST if request.method == "POST" else None, selectors.offered_in(reports), things)
    refusal = ""
    if form.is_valid():
        account, rests_on = form.chosen
        said, claim = form.said, form.claim
        try:
            made = open_subject(
                officer, now, case=case, hypothesis=said, account=account, claim=claim, rests_on=rests_on
            )
        except RefusedError as error:
            refusal = str(error)
        else:
            return redirect("subject", made.public_id)
    context = {"case": case, "form": form, "refusal": refusal}
    return render(request, "subjects/open.html", context, status=409 if refusal else 422 if form.errors else 200)


@require_safe
def subject(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One subject."""
    return subject_page(request, subject_or_404(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def restate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the hypothesis anew."""
    there = subject_or_404(request, public_id)
    officer, now, refusal = officer_of(request), timezone.now(), ""
    before = {"hypothesis": there.hypothesis, "innocent_because": there.innocent_because}
    form = RestateForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        refusal = tried(lambda: restate_subject(officer, now, subject=there, hypothesis=form.said, reason=reason))
        if not refusal:
            return redirect("subject", there.public_id)
    context = {"subject": there, "form": form, "refusal": refusal}
    return render(request, "subjects/restate.html", context, status=409 if refusal else 422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close a hypothesis."""
    there, form = subject_or_404(request, public_id), CloseForm(request.POST)
    officer, now = officer_of(request), timezone.now()
    refusal = _("Say what became of it, and why.")
    if form.is_valid():
        outcome, reason = Closed(form.cleaned_data["outcome"]), form.cleaned_data["reason"]
        refusal = tried(lambda: close_subject(officer, now, subject=there, outcome=outcome, reason=reason))
    return subject_page(request, there, refusal) if refusal else redirect("subject", there.public_id)


@require_POST
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a closed hypothesis up again."""
    there, reason = subject_or_404(request, public_id), request.POST.get("reason", "")
    refusal = tried(lambda: reopen_subject(officer_of(request), timezone.now(), subject=there, reason=reason))
    return subject_page(request, there, refusal) if refusal else redirect("subject", there.public_id)


@require_POST
def into_case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a subject into one more case."""
    there = subject_or_404(request, public_id)
    officer, now = officer_of(request), timezone.now()
    chosen = uuid_of(request.POST.get("case", ""))
    case = case_for(officer, chosen, now) if chosen else None
    refusal = _("Choose a case.")
    if case is not None:
        reason = request.POST.get("reason", "")
        refusal = tried(lambda: join(officer, now, case=case, joined=there, reason=reason))
    return subject_page(request, there, refusal) if refusal else redirect("subject", there.public_id)
