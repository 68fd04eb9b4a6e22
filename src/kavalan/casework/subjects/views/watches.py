"""The pages of watches: the list, beginning one, one of them, its end and its renewal, and taking note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.subjects.asked import link_or_404, told_or_404, watch_or_404
from kavalan.casework.subjects.forms import FoundForm, RenewForm, WatchForm
from kavalan.casework.subjects.models import AccountLink
from kavalan.casework.subjects.selectors import watches as selectors
from kavalan.casework.subjects.selectors.whole import watch_rows
from kavalan.casework.subjects.services import acknowledge, begin_watch, end_watch, renew_watch
from kavalan.casework.subjects.views.pages import tried, watch_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.subjects.models import Watch


@require_safe
def watches(request: HttpRequest) -> HttpResponse:
    """The watches of subjects that are open to the officer, and what they told the officer."""
    officer, now = officer_of(request), timezone.now()
    found = list(selectors.watches_for(officer, now)[: selectors.MOST_SHOWN])
    unread = list(selectors.unread(officer)[: selectors.MOST_SHOWN])
    seen = selectors.open_reports(officer, [one.report_id for one in unread], now)
    context = {"rows": watch_rows(found, now), "unread": [(one, one.report_id in seen) for one in unread]}
    return render(request, "subjects/watches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin to watch an account."""
    link, officer, now, refusal = link_or_404(request, public_id), officer_of(request), timezone.now(), ""
    authorities = selectors.authorities_for(link, officer, now)
    told = selectors.who_may_be_told(link.subject, now)
    form = WatchForm(request.POST if request.method == "POST" else None, link, authorities, told)
    if form.is_valid():
        refusal = tried(lambda: begin_watch(officer, form.authority_chosen, link, now, terms=form.terms))
        if not refusal:
            return redirect("subject", link.subject.public_id)
    context = {"link": link, "form": form, "authorities": authorities, "refusal": refusal}
    return render(request, "subjects/begin_watch.html", context, status=409 if refusal else 422 if form.errors else 200)


@require_safe
def watch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One watch."""
    return watch_page(request, watch_or_404(request, public_id))


@require_POST
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End it, or say after its last day what came of it."""
    there, form = watch_or_404(request, public_id), FoundForm(request.POST)
    if not form.is_valid():
        return watch_page(request, there, form=form)
    refusal = tried(lambda: end_watch(officer_of(request), timezone.now(), watch=there, found=form.found))
    return watch_page(request, there, refusal) if refusal else redirect("watch", there.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Renew it, which another officer does than who began it."""
    there, officer, now, refusal = watch_or_404(request, public_id), officer_of(request), timezone.now(), ""
    link = _link_of(there)
    authorities = selectors.authorities_for(link, officer, now)
    told = selectors.who_may_be_told(there.subject, now)
    form = RenewForm(request.POST if request.method == "POST" else None, link, authorities, told)
    if form.is_valid():
        terms, found = form.terms, form.found
        refusal = tried(lambda: renew_watch(officer, form.authority_chosen, link, now, terms=terms, found=found))
        if not refusal:
            return redirect("subject", there.subject.public_id)
    context = {"watch": there, "link": link, "form": form, "authorities": authorities, "refusal": refusal}
    return render(request, "subjects/renew_watch.html", context, status=409 if refusal else 422 if form.errors else 200)


@require_POST
def take_note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that one knows what a watch told."""
    told = told_or_404(request, public_id)
    tried(lambda: acknowledge(officer_of(request), timezone.now(), told=told))
    return redirect("watches")


def _link_of(watch: Watch) -> AccountLink:
    """The link in force of the account that is watched.

    Raises:
        Http404: there is none: nothing is left to be renewed.
    """
    links = AccountLink.objects.filter(subject=watch.subject_id, indicator=watch.indicator_id, ended_at__isnull=True)
    found = links.select_related("subject", "indicator").order_by("-pk").first()
    if found is None or found.indicator is None:
        raise Http404
    return found
