"""Pages that are shown by themselves, and once more with a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.asked import works_on
from kavalan.casework.subjects.forms import ClaimForm, CloseForm, EvidenceForm, FoundForm, Things
from kavalan.casework.subjects.rules import reissue_of
from kavalan.casework.subjects.selectors import subjects as selectors
from kavalan.casework.subjects.selectors.signs import gaps_of, signs_of
from kavalan.casework.subjects.selectors.watches import open_reports, told_by, watches_for
from kavalan.casework.subjects.selectors.whole import watch_rows, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.subjects.models import AccountLink, Subject, Watch


def tried(do: Callable[[], object]) -> str:
    """Do it; why it was refused, or nothing."""
    try:
        do()
    except RefusedError as refusal:
        return str(refusal)
    return ""


def things_of(request: HttpRequest, subject: Subject) -> Things:
    """The reports and exhibits of the cases of a subject that are open to the officer."""
    officer, now = officer_of(request), timezone.now()
    cases = selectors.cases_of(subject, officer, now)
    return Things(selectors.reports_in(cases, officer, now), selectors.exhibits_in(cases, officer, now))


def subject_page(
    request: HttpRequest, subject: Subject, refusal: str = "", form: EvidenceForm | None = None
) -> HttpResponse:
    """One subject, to be read from top to bottom."""
    officer, now = officer_of(request), timezone.now()
    works = works_on(request, subject)
    cases = selectors.cases_of(subject, officer, now)
    context = {
        "subject": subject,
        "whole": whole(subject, officer, now),
        "cases": cases,
        "reasons": selectors.reasons(officer, subject, now),
        "works": works,
        "open": works and subject.closed_at is None and subject.merged_into is None,
        "evidence": form or EvidenceForm(None, things_of(request, subject)),
        "closing": CloseForm(),
        "others": selectors.others(subject, officer, now) if works else (),
        "more_cases": selectors.cases_beside(cases, officer, now) if works else (),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form is not None and form.errors else 200
    return render(request, "subjects/subject.html", context, status=status)


def account_page(
    request: HttpRequest, link: AccountLink, refusal: str = "", form: ClaimForm | None = None
) -> HttpResponse:
    """One account of a subject: what names it, the rule for a gap, and what can be done about it."""
    officer, now = officer_of(request), timezone.now()
    said = {"since": link.since, "until": link.until, "certainty": link.certainty}
    context = {
        "link": link,
        "subject": link.subject,
        "works": works_on(request, link.subject) and link.ended_at is None and link.subject.closed_at is None,
        "signs": signs_of(link, officer, now),
        "rule": reissue_of(link.indicator.kind) if link.indicator else None,
        "gaps": gaps_of(link, officer, now),
        "form": form or ClaimForm(initial=said),
        "seen": open_reports(officer, [link.report_id] if link.report_id else [], now),
        "watched": watch_rows(
            list(watches_for(officer, now).filter(subject=link.subject_id, indicator=link.indicator_id)), now
        ),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form is not None and form.errors else 200
    return render(request, "subjects/account.html", context, status=status)


def watch_page(request: HttpRequest, watch: Watch, refusal: str = "", form: FoundForm | None = None) -> HttpResponse:
    """One watch, whom it told of what, and its end."""
    officer, now = officer_of(request), timezone.now()
    told = list(told_by(watch))
    seen = open_reports(officer, [one.report_id for one in told], now)
    (row,) = watch_rows([watch], now)
    context = {
        "watch": watch,
        "row": row,
        "told": [(one, one.report_id in seen) for one in told],
        "works": works_on(request, watch.subject),
        "form": form or FoundForm(),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form is not None and form.errors else 200
    return render(request, "subjects/watch.html", context, status=status)
