"""The list of things, one thing with its time line, and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kavalan.casework.access.selectors import grants_in
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.custody import selectors
from kavalan.casework.custody.forms import DrawForm
from kavalan.casework.custody.labels import Size, sheet
from kavalan.casework.custody.limits import limits
from kavalan.casework.custody.numbers import label_in
from kavalan.casework.custody.query import DevicesQuery
from kavalan.casework.custody.roles import KEEPERS
from kavalan.casework.custody.services.events import EXAMINED, KEPT
from kavalan.casework.custody.views.asked import device_or_404, seizure_or_404
from kavalan.casework.custody.words import What, Where
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.http import HttpRequest

    from kavalan.casework.custody.models import Device

ENTERED = [what for what in What if what in EXAMINED | KEPT]
"""What a person enters of a thing, in the order of the words."""


@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """The things that the officer may see; a label that was scanned leads straight to its thing."""
    query, officer, now = DevicesQuery(request.GET), officer_of(request), timezone.now()
    label = label_in(query.label)
    found = selectors.device_labelled(officer, label, now) if label else None
    if found is not None:
        return redirect("device", found.public_id)
    context = {
        "page": selectors.device_page(officer, now, query.asked, query.before),
        "counts": selectors.counts(officer, now),
        "wheres": Where,
        "query": query,
        "entered": ENTERED,
        "now": now,
    }
    return render(request, "custody/devices.html", context)


@require_safe
def device(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One thing: what it is, who has it, everything that happened to it, and what in that does not fit."""
    return device_page(request, device_or_404(request, public_id))


@require_safe
def label(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The label of one thing, to be printed."""
    return _labels(request, [device_or_404(request, public_id)])


@require_safe
def labels(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The labels of all things of a seizure."""
    return _labels(request, list(seizure_or_404(request, public_id).devices.order_by("pk")))


def device_page(
    request: HttpRequest, shown: Device, refusal: str = "", drawing: DrawForm | None = None
) -> HttpResponse:
    """The page of a thing; with a refusal it answers to something that was asked there."""
    officer, now = officer_of(request), timezone.now()
    chain, lines = selectors.line_of(shown)
    reasons = list(grants_in(officer, shown.compartment_ids(), now))
    drawable = selectors.exhibits_to_draw(officer, shown, now)
    context = {
        "device": shown,
        "chain": chain,
        "lines": lines,
        "drawn": shown.drawn.select_related("exhibit").order_by("pk"),
        "drawing": drawing or DrawForm(None, drawable),
        "drawable": drawable,
        "keeps": any(grant.role in KEEPERS for grant in reasons),
        "reasons": reasons,
        "entered": ENTERED,
        "limits": limits(),
        "refusal": refusal,
        "now": now,
    }
    status = 409 if refusal else 422 if drawing and drawing.errors else 200
    return render(request, "custody/device.html", context, status=status)


def _labels(request: HttpRequest, things: Sequence[Device]) -> HttpResponse:
    size: Size = "roll" if request.GET.get("size") == "roll" else "a4"
    try:
        file = sheet(things, size, timezone.now())
    except RefusedError as refusal:
        return device_page(request, things[0], str(refusal))
    response = HttpResponse(file, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="labels-{size}.pdf"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
