"""The pages of an exhibit's results: stacks, timeline, places, what could not be read. Text only, never a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits import results, selectors
from kavalan.casework.exhibits.asked import exhibit_or_404
from kavalan.casework.exhibits.forms import StacksQuery, ThinForm, UnreadQuery, item_number
from kavalan.casework.exhibits.rules import Family, Seal, Standing
from kavalan.casework.exhibits.services import thin_exhibit
from kavalan.casework.exhibits.thinning import MOST_OFFERED, earlier_exhibits, met, thinned_by
from kavalan.casework.exhibits.timeline import TimelineQuery
from kavalan.casework.exhibits.timeline import timeline as read_timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.exhibits.models import Exhibit, Tally


@require_safe
def stacks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is practically the same picture or video, once each; or the items of one such stack."""
    exhibit, query = exhibit_or_404(request, public_id), StacksQuery(request.GET)
    if query.number:
        return _stack(request, exhibit, query)
    tallies = selectors.tallies(exhibit)
    context = {
        "page": results.stack_page(exhibit, query.standing, query.after),
        "standings": _stackable(tallies),
        "query": query,
    }
    return _answer(request, exhibit, tallies, "stacks", context)


def _stack(request: HttpRequest, exhibit: Exhibit, query: StacksQuery) -> HttpResponse:
    stack = results.stack_for(exhibit, query.number, query.standing)
    if stack is None:
        raise Http404
    context = {"stack": stack, "page": results.stack_items(stack, item_number(query.after)), "query": query}
    return _answer(request, exhibit, selectors.tallies(exhibit), "stack", context)


@require_safe
def timeline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How many items were modified when; those of a day or an hour are listed."""
    exhibit, query = exhibit_or_404(request, public_id), TimelineQuery.of(request.GET)
    tallies, found = selectors.tallies(exhibit), read_timeline(exhibit, query)
    unknown = selectors.counts_of(tallies).items - found.dated
    return _answer(request, exhibit, tallies, "timeline", {"found": found, "query": query, "unknown": unknown})


@require_safe
def places(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """In which classes of places items lay."""
    exhibit = exhibit_or_404(request, public_id)
    tallies = selectors.tallies(exhibit)
    return _answer(request, exhibit, tallies, "places", {"lots": results.places(tallies)})


@require_safe
def unread(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What could not be wholly read, and why."""
    exhibit, query = exhibit_or_404(request, public_id), UnreadQuery(request.GET)
    tallies = selectors.tallies(exhibit)
    context = {
        "lots": results.unread(tallies),
        "page": results.unread_page(exhibit, query.reason, query.after),
        "query": query,
    }
    return _answer(request, exhibit, tallies, "unread", context)


@require_http_methods(["GET", "HEAD", "POST"])
def thin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """By which earlier exhibits the list may be thinned; say that they were gone through."""
    exhibit, officer, now = exhibit_or_404(request, public_id), officer_of(request), timezone.now()
    thinned = thinned_by(officer, exhibit, now)
    offered = list(earlier_exhibits(officer, exhibit, now)[:MOST_OFFERED])
    form = ThinForm(request.POST if request.method == "POST" else None, offered, thinned.earlier if thinned else [])
    refusal = ""
    if form.is_valid():
        try:
            thin_exhibit(officer, now, exhibit=exhibit, earlier=form.chosen)
            return redirect("thin", public_id)
        except RefusedError as refused:
            refusal = str(refused)
    tallies = selectors.tallies(exhibit)
    context = {"thinned": thinned, "offered": offered, "form": form, "refusal": refusal, "met": met(tallies)}
    return _answer(request, exhibit, tallies, "thin", context, status=409 if refusal else 422 if form.errors else 200)


def _answer(
    request: HttpRequest,
    exhibit: Exhibit,
    tallies: Sequence[Tally],
    name: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    said = {"exhibit": exhibit, "counts": selectors.counts_of(tallies), "here": name}
    return render(request, f"exhibits/{name}.html", said | dict(context), status=status)


def _stackable(tallies: Sequence[Tally]) -> list[Standing]:
    """What lists make of pictures and videos that are open, the strongest first."""
    held = {
        tally.standing for tally in tallies if tally.seal == Seal.OPEN and tally.items and tally.family != Family.OTHER
    }
    return [Standing(standing) for standing in sorted(held, reverse=True)]
