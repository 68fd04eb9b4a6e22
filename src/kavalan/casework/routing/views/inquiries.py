"""The pages on which one looks whether something was seen before, asks other units, and answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import desks_of, report_for
from kavalan.casework.routing import selectors
from kavalan.casework.routing.forms import AskForm
from kavalan.casework.routing.rules import Reply, ask_limits
from kavalan.casework.routing.seen import Identifier, identifiers_in, seen_before, seen_of
from kavalan.casework.routing.services import answer_inquiry, ask_others

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def of_report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a report names and where else that is open to the officer; a POST asks other units about what is ticked."""
    officer, now = officer_of(request), timezone.now()
    report = report_for(officer, public_id, now)
    if report is None:
        raise Http404
    seen, more = seen_before(officer, report, now)
    refusal, ticked = "", set(request.POST.getlist("identifier"))
    if request.method == "POST":
        chosen = [one.identifier for one in seen if _key(one.identifier) in ticked]
        try:
            made = ask_others(officer, now, identifiers=chosen, report=report, reason=request.POST.get("reason", ""))
        except RefusedError as error:
            refusal = str(error)
        else:
            return redirect("inquiry", made.public_id)
    context = {
        "report": report,
        "rows": [(_key(one.identifier), one) for one in seen],
        "more": more,
        "may_ask": any(one.may_ask for one in seen),
        "inquiries": selectors.inquiries_for(officer, now, report),
        "ticked": ticked,
        "limits": ask_limits(),
        "refusal": refusal,
    }
    return render(request, "routing/seen.html", context, status=409 if refusal else 200)


@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """What others ask of the officer's desks, and what the officer's unit asked."""
    officer, now = officer_of(request), timezone.now()
    context = {
        "asked": selectors.asked_of(officer, now),
        "inquiries": selectors.inquiries_for(officer, now),
        "may_ask": desks_of(officer, now).exists(),
        "replies": Reply,
    }
    return render(request, "routing/inquiries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Look for what was typed in one's own reports, and ask other units about it."""
    officer, now = officer_of(request), timezone.now()
    form = AskForm(request.POST if request.method == "POST" else None)
    sought: list[Identifier] = []
    refusal, reason = "", request.POST.get("reason")
    if form.is_valid():
        sought = identifiers_in(form.cleaned_data["text"], form.cleaned_data["service"])
        if not sought:
            form.add_error("text", _("Nothing in this is a number, an address, a digest or a link."))
        elif reason is not None:
            try:
                made = ask_others(officer, now, identifiers=sought, report=None, reason=reason)
            except RefusedError as error:
                refusal = str(error)
            else:
                return redirect("inquiry", made.public_id)
    context = {
        "form": form,
        "sought": sought,
        "reports": seen_of(officer, sought, now)[: selectors.MOST_SHOWN] if sought else [],
        "limits": ask_limits(),
        "refusal": refusal,
    }
    return render(request, "routing/ask.html", context, status=409 if refusal else 422 if form.errors else 200)


@require_safe
def inquiry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One asking and what came of it."""
    found = selectors.inquiry_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return render(request, "routing/inquiry.html", {"inquiry": found, "limits": ask_limits()})


@require_POST
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer a unit that asked."""
    officer, now = officer_of(request), timezone.now()
    found, reply = selectors.asked_for(officer, public_id, now), request.POST.get("reply", "")
    if found is None or reply not in Reply.values:
        raise Http404
    answer_inquiry(officer, now, asked=found, reply=Reply(reply))
    return redirect("inquiries")


def _key(identifier: Identifier) -> str:
    return f"{identifier.kind} {identifier.value}"
