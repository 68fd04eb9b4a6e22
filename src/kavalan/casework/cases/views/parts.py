"""The pages on which something is put into a case, looked at there, and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.access.selectors import roles_in, visible
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.models import Case, Part
from kavalan.casework.cases.part_forms import ContentForm, JoinForm
from kavalan.casework.cases.parts_sections import MOST_PARTS, contents_section, exhibits_section, reports_section
from kavalan.casework.cases.selectors import cases_of, workable_cases
from kavalan.casework.cases.services import end_part, join, join_content
from kavalan.casework.cases.services.opening import OPENS
from kavalan.casework.cases.working import WORKS
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.selectors import exhibit_for
from kavalan.casework.intake.selectors import report_for

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.intake.models import Report

_SORTS: Final = (reports_section, exhibits_section, contents_section)


@require_safe
def parts(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """All that is joined in a case, with a way to take each out."""
    case = case_or_404(request, public_id)
    officer, now = officer_of(request), timezone.now()
    sections = [section for sort in _SORTS if (section := sort(officer, case, now, MOST_PARTS)) is not None]
    works = bool(roles_in(officer, case.compartment_ids(), now) & WORKS)
    return render(request, "cases/parts.html", {"case": case, "sections": sections, "works": works, "whole": True})


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take something out of a case."""
    officer, now = officer_of(request), timezone.now()
    seen = Part.objects.filter(visible(Case, officer, now, "case_id"), public_id=public_id)
    part = seen.select_related("case").first()
    if part is None:
        raise Http404
    try:
        end_part(officer, now, part=part, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        context = {"case": part.case, "back": "case-parts", "refusal": refusal}
        return render(request, "cases/refused.html", context, status=409)
    return redirect("case-parts", part.case.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def of_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The cases in which a report is; a POST puts it into another."""
    report = report_for(officer_of(request), public_id, timezone.now())
    if report is None:
        raise Http404
    return _joining(request, report)


@require_http_methods(["GET", "HEAD", "POST"])
def of_exhibit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The cases in which an exhibit is; a POST puts it, or a content of it, into one."""
    exhibit = exhibit_for(officer_of(request), public_id, timezone.now())
    if exhibit is None:
        raise Http404
    return _joining(request, exhibit, exhibit)


def _joining(request: HttpRequest, joined: Report | Exhibit, exhibit: Exhibit | None = None) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    there = list(cases_of(officer, joined, now))
    workable = workable_cases(officer, now)
    sent = request.POST if request.method == "POST" else None
    picks = sent is not None and "sha256" in sent
    form = JoinForm(None if picks else sent, [case for case in workable if case not in there])
    picking = None
    if exhibit is not None:
        # The list of hits leads here with the digest of one.
        named = request.GET.get("sha256", "")
        picking = ContentForm(sent if picks else None, [case for case in there if case in workable], named)
    try:
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            return _went(join(officer, now, case=form.chosen, joined=joined, reason=reason))
        if exhibit is not None and picking is not None and picking.is_valid():
            content, reason = picking.cleaned_data["sha256"], picking.cleaned_data["reason"]
            told = {"case": picking.chosen, "exhibit": exhibit, "content": content, "reason": reason}
            return _went(join_content(officer, now, **told))
    except RefusedError as refusal:
        (picking if picks and picking is not None else form).add_error(None, str(refusal))
    context = {
        "joined": joined,
        "sort": joined._meta.model_name,
        "cases": there,
        "form": form,
        "picking": picking,
        "may_open": holds(officer, OPENS, now),
    }
    faulty = form.errors or (picking is not None and picking.errors)
    return render(request, "cases/joining.html", context, status=422 if faulty else 200)


def _went(part: Part) -> HttpResponse:
    return redirect("case", part.case.public_id)
