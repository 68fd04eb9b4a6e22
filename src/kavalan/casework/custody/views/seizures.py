"""A seizure, the recordings of its search, and the exhibits that come from its things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.custody import selectors, services
from kavalan.casework.custody.forms import DrawForm, ForwardForm, RecordingForm
from kavalan.casework.custody.views.asked import device_or_404, recording_or_404, seizure_or_404
from kavalan.casework.custody.views.lists import device_page
from kavalan.casework.custody.words import Part
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.custody.models import Seizure


@require_safe
def seizure(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a memo says of its search, and the things on it."""
    return _page(request, seizure_or_404(request, public_id))


@require_POST
def record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say which recording was made of the search."""
    shown, form = seizure_or_404(request, public_id), RecordingForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, recording=form)
    said = form.cleaned_data
    try:
        services.add_recording(
            officer_of(request),
            timezone.now(),
            seizure=shown,
            sha256=said["sha256"],
            forwarded_to=said["to"],
            forwarded_at=said["at"],
        )
    except RefusedError as refusal:
        return _page(request, shown, str(refusal), form)
    return redirect("seizure", public_id)


@require_POST
def forward(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say to whom a recording was forwarded."""
    shown, form = recording_or_404(request, public_id), ForwardForm(request.POST)
    if not form.is_valid():
        return _page(request, shown.seizure, forwarding=form)
    said = form.cleaned_data
    try:
        services.forward_recording(
            officer_of(request), timezone.now(), recording=shown, to=said["to"], moment=said["at"]
        )
    except RefusedError as refusal:
        return _page(request, shown.seizure, str(refusal))
    return redirect("seizure", shown.seizure.public_id)


@require_POST
def draw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that an exhibit was made from a thing."""
    shown, officer, now = device_or_404(request, public_id), officer_of(request), timezone.now()
    form = DrawForm(request.POST, selectors.exhibits_to_draw(officer, shown, now))
    if not form.is_valid():
        return device_page(request, shown, drawing=form)
    try:
        services.draw_exhibit(officer, now, device=shown, exhibit=form.chosen, part=Part(form.cleaned_data["part"]))
    except RefusedError as refusal:
        return device_page(request, shown, str(refusal))
    return redirect("device", public_id)


def _page(
    request: HttpRequest,
    shown: Seizure,
    refusal: str = "",
    recording: RecordingForm | None = None,
    forwarding: ForwardForm | None = None,
) -> HttpResponse:
    officer, now = officer_of(request), timezone.now()
    context = {
        "seizure": shown,
        "devices": selectors.visible_devices(officer, now).filter(seizure=shown).order_by("pk"),
        "recordings": shown.recordings.order_by("pk"),
        "recording": recording or RecordingForm(),
        "forwarding": forwarding or ForwardForm(auto_id="forward_%s"),
        "refusal": refusal,
    }
    status = 409 if refusal else 422 if recording or forwarding else 200
    return render(request, "custody/seizure.html", context, status=status)
