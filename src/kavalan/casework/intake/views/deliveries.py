"""Deliveries: taken in, read, and a table's columns explained before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake import selectors
from kavalan.casework.intake.asked import delivery_or_404
from kavalan.casework.intake.forms.queries import uuid_of
from kavalan.casework.intake.forms.taking import ColumnsForm, TakeInForm
from kavalan.casework.intake.preview import head_in, preview
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import (
    Parcel,
    begin_delivery,
    cancel_delivery,
    read_with_columns,
    resume_delivery,
    save_columns,
)
from kavalan.casework.vault.store import holds_no_media, put
from kavalan.tips.head import HeadRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.intake.models import ColumnMapping, Delivery


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """What came as files, the newest first."""
    officer, now = officer_of(request), timezone.now()
    page = selectors.delivery_page(officer, now, uuid_of(request.GET.get("before", "")))
    context = {"page": page, "desks": list(selectors.desks_of(officer, now))}
    return render(request, "intake/deliveries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take files in: each goes to the vault before anything else is done with it."""
    officer, now = officer_of(request), timezone.now()
    desks = list(selectors.desks_of(officer, now))
    form = TakeInForm(request, desks, now)
    if form.is_valid():
        try:
            made = _taken(request, form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("delivery", made[0].public_id) if len(made) == 1 else redirect("deliveries")
    context = {"form": form, "desks": desks, "media_free": holds_no_media()}
    return render(request, "intake/take_in.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, form: TakeInForm) -> list[Delivery]:
    made, said = [], form.cleaned_data
    for upload in said["uploads"]:
        kind = form.form_of(upload)
        if kind is None:
            raise RefusedError("Say what this file is.")
        # Django says only that it can be read; it holds memory, which is a binary file like any other.
        stored = put(cast("BinaryIO", upload.file))
        name = (upload.name or "").encode("utf-8", "replace")[:1000]
        parcel = Parcel(stored, kind, name, said["arrived_at"], sender=said["sender"])
        made.append(begin_delivery(officer_of(request), timezone.now(), desk=form.desk_chosen, parcel=parcel))
    return made


@require_safe
def delivery(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One delivery: the original's digest, how far it is read, what could not be."""
    return _delivery(request, delivery_or_404(request, public_id))


@require_safe
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far a delivery is read: a fragment that the page asks for again and again."""
    shown = delivery_or_404(request, public_id)
    return render(request, "intake/_progress.html", {"delivery": shown, "watched": True})


@require_POST
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop reading a delivery."""
    shown = delivery_or_404(request, public_id)
    return _done(request, shown, lambda: cancel_delivery(officer_of(request), timezone.now(), delivery=shown))


@require_POST
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Go on reading a delivery."""
    shown = delivery_or_404(request, public_id)
    return _done(request, shown, lambda: resume_delivery(officer_of(request), timezone.now(), delivery=shown))


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what the columns of a table mean, look at what it would be read as, and have it read."""
    shown, officer, now = delivery_or_404(request, public_id), officer_of(request), timezone.now()
    asked = request.POST if request.method == "POST" else None
    try:
        name = _waiting(shown)
        head = head_in(name, _request(request))
    except RefusedError as refusal:
        return _delivery(request, shown, str(refusal))
    form, found = ColumnsForm(asked, head, selectors.mappings_of(shown.desk.unit_id)), None
    if form.is_valid():
        try:
            found = preview(name, form.columns)
            if "take" in request.POST:
                read_with_columns(officer, now, delivery=shown, columns=_saved(request, shown, form))
                return redirect("delivery", public_id)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    context = {"delivery": shown, "form": form, "head": head, "preview": found}
    return render(request, "intake/columns.html", context, status=422 if form.errors else 200)


def _waiting(shown: Delivery) -> str:
    """The vault's name of a table that waits for the meaning of its columns."""
    if shown.form != Form.TABLE or shown.job is not None or shown.kept is None:
        raise RefusedError("This is no table that waits for the meaning of its columns.")
    return shown.kept.name


def _saved(request: HttpRequest, shown: Delivery, form: ColumnsForm) -> ColumnMapping:
    if form.chosen is not None:
        return form.chosen
    name = form.cleaned_data["name"]
    return save_columns(officer_of(request), timezone.now(), desk=shown.desk, name=name, columns=form.columns)


def _request(request: HttpRequest) -> HeadRequest:
    """Where the header stands, as far as the form said something sensible."""
    skip, delimiter = request.POST.get("skip", ""), request.POST.get("delimiter", "")
    return HeadRequest(int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 4 else 0, delimiter[:1])


@require_safe
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A receipt for whoever brought a delivery."""
    shown = delivery_or_404(request, public_id)
    return render(request, "intake/receipt.html", {"delivery": shown, "desk": shown.desk})


def _done(request: HttpRequest, shown: Delivery, verb: Callable[[], object]) -> HttpResponse:
    try:
        verb()
    except RefusedError as refusal:
        return _delivery(request, shown, str(refusal))
    return redirect("delivery", shown.public_id)


def _delivery(request: HttpRequest, shown: Delivery, refusal: str = "") -> HttpResponse:
    context = {"delivery": shown, "refusal": refusal, "reports": shown.taken_in.order_by("position")[:20]}
    return render(request, "intake/delivery.html", context, status=409 if refusal else 200)
