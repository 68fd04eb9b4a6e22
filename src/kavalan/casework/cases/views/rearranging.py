"""How a case belongs to others: merging, splitting, relating, and undoing each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.models import Sort
from kavalan.casework.cases.parting import parts_to_move
from kavalan.casework.cases.relations import MOST_SHOWN, mergeable, merged_here, rearrangement_for, relations_of
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.cases.services import link_cases, merge_cases, split_case, undo_rearrangement
from kavalan.casework.cases.sight import gaining, grants_there
from kavalan.casework.cases.work_forms import LinkForm, MergeForm, ReasonForm, SplitForm
from kavalan.casework.cases.working import WORKS
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.forms.queries import uuid_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.access.models import Grant
    from kavalan.casework.cases.models import Case


@require_http_methods(["GET", "HEAD", "POST"])
def relations(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was merged, split off and related; from here each is begun. A POST relates the case to another."""
    officer, now = officer_of(request), timezone.now()
    case = case_or_404(request, public_id)
    works = case.merged_into_id is None and bool(roles_in(officer, [case.compartment_id], now) & WORKS)
    others = list(mergeable(officer, case, now)[:MOST_SHOWN]) if works else []
    form = LinkForm(request.POST if request.method == "POST" else None, others)
    if form.is_valid():
        other, why = form.cases[form.cleaned_data["other"]], form.cleaned_data["reason"]
        try:
            link_cases(officer, now, case=case, other=other, reason=why)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case-relations", public_id)
    context = {
        "case": case,
        "works": works,
        "relations": relations_of(officer, case, now),
        "merged": merged_here(case)[:MOST_SHOWN],
        "others": others,
        "form": form,
    }
    return render(request, "cases/relations.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who would see what by a merge; a POST that says so back merges."""
    officer, now = officer_of(request), timezone.now()
    into = case_or_404(request, public_id)
    sent = request.POST if request.method == "POST" else None
    chosen = _chosen(request, into, (request.GET if sent is None else sent).getlist("case"))
    gains, held = gaining(chosen, into, now), grants_there([*chosen, into], now)
    supervises = Role.SUPERVISOR in roles_in(officer, [into.compartment_id], now)
    carried = {str(one.public_id): one for case in chosen for one in held[case.pk]} if supervises else {}
    form = MergeForm(sent, carried)
    if form.is_valid():
        try:
            merge_cases(
                officer,
                now,
                into=into,
                merged=chosen,
                reason=form.cleaned_data["reason"],
                seen=_ids(sent.getlist("seen") if sent else []),
                let_in=_ids(form.cleaned_data.get("let_in", [])),
            )
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case", public_id)
    context = {
        "case": into,
        "chosen": [(one, gains[one.pk]) for one in chosen],
        "seen": _seen(gains.values()),
        "form": form,
    }
    return render(request, "cases/merge.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move parts of a case into a new one."""
    officer, now = officer_of(request), timezone.now()
    case = case_or_404(request, public_id)
    parts = parts_to_move(officer, case, now)
    form = SplitForm(request.POST if request.method == "POST" else None, parts)
    if form.is_valid():
        said = form.cleaned_data
        moved = [parts[key][0] for key in said["parts"]]
        try:
            new = split_case(officer, now, case=case, parts=moved, title=said["title"], reason=said["reason"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("case", new.public_id)
    context = {"case": case, "parts": parts, "form": form}
    return render(request, "cases/split.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What undoing would bring back and who would see it; a POST undoes."""
    officer, now = officer_of(request), timezone.now()
    made = rearrangement_for(officer, public_id, now)
    if made is None:
        raise Http404
    gains: Sequence[Grant] = ()
    if made.sort == Sort.SPLIT and made.undone_at is None:
        gains = gaining([made.other], made.case, now)[made.other_id]
    sent = request.POST if request.method == "POST" else None
    form = ReasonForm(sent)
    if form.is_valid():
        seen = _ids(sent.getlist("seen") if sent else [])
        try:
            undo_rearrangement(officer, now, rearrangement=made, reason=form.cleaned_data["reason"], seen=seen)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("undo-rearrangement", public_id)
    context: dict[str, Any] = {"made": made, "gains": gains, "seen": _seen([gains]), "form": form}
    context["sides"] = list(visible_cases(officer, now).filter(pk__in=[made.case_id, made.other_id]).order_by("pk"))
    return render(request, "cases/undo.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, into: Case, keys: Sequence[str]) -> list[Case]:
    wanted = _ids(keys)
    cases = mergeable(officer_of(request), into, timezone.now())
    return list(cases.filter(public_id__in=wanted).order_by("pk")[:MOST_SHOWN])


def _ids(keys: Sequence[str]) -> list[UUID]:
    return [found for key in keys if (found := uuid_of(key)) is not None]


def _seen(gains: Any) -> list[str]:  # noqa: ANN401
    return sorted({str(one.public_id) for some in gains for one in some})
