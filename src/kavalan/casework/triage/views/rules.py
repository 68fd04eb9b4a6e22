"""The rules in force, explained; versions of a unit's own, brought by one officer and taken by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.triage import ruling
from kavalan.casework.triage.forms import RulesForm
from kavalan.casework.triage.lane import lane_rules
from kavalan.casework.triage.models import RuleSet
from kavalan.casework.triage.services import bring_rules, take_rules

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def triage_rules(request: HttpRequest) -> HttpResponse:
    """The rules that hold for the officer's unit; a POST brings another version."""
    officer = officer_of(request)
    form = RulesForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = bring_rules(officer, timezone.now(), text=said["text"], reason=said["reason"])
        except RefusedError as error:
            refusal = str(error)
        else:
            return redirect("rule-set", made.public_id)
    held = ruling.in_force([officer.unit_id]).get(officer.unit_id)
    text = held.text if held else ruling.packaged_text()
    versions = RuleSet.objects.filter(unit=officer.unit_id).select_related("brought_by", "taken_by").order_by("-pk")
    context = {
        "held": held,
        "rules": ruling.read(text),
        "versions": versions,
        "lane": lane_rules(),
        "form": form if form.is_bound else RulesForm(initial={"text": text}),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "triage/rules.html", context, status=status)


@require_safe
def rule_set(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One version of the unit's rules."""
    return _version(request, _rules_or_404(request, public_id))


@require_POST
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put a version of the rules in force."""
    rules = _rules_or_404(request, public_id)
    try:
        take_rules(officer_of(request), timezone.now(), rules=rules, reason=request.POST.get("reason", ""))
    except RefusedError as refusal:
        return _version(request, rules, str(refusal))
    return redirect("rule-set", public_id)


def _version(request: HttpRequest, rules: RuleSet, refusal: str = "") -> HttpResponse:
    in_force = ruling.in_force([officer_of(request).unit_id]).get(officer_of(request).unit_id) == rules
    context = {"held": rules, "rules": rules.rules, "in_force": in_force, "refusal": refusal}
    return render(request, "triage/rule_set.html", context, status=409 if refusal else 200)


def _rules_or_404(request: HttpRequest, public_id: UUID) -> RuleSet:
    own = RuleSet.objects.filter(unit=officer_of(request).unit_id).select_related("brought_by", "taken_by")
    found = own.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
