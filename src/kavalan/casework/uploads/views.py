"""The pages of uploads, and where the pieces come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.evidence import shelf
from kavalan.casework.exhibits.selectors import openings
from kavalan.casework.uploads import tus
from kavalan.casework.uploads.models import Standing
from kavalan.casework.uploads.rules import expires
from kavalan.casework.uploads.selectors import coming, upload_for
from kavalan.casework.uploads.services import abandon_upload, finish_upload
from kavalan.casework.uploads.sweeping import forget_parts
from kavalan.casework.vault.store import vault

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.uploads.models import Upload


@require_safe
def upload_page(request: HttpRequest) -> HttpResponse:
    """Send a file that will be an exhibit, or go on with one; without script, where to put it instead."""
    officer, now = officer_of(request), timezone.now()
    opened, sent = openings(officer, now), list(coming(officer))
    taken = {(one.authority.pk, one.reference) for one in sent}
    context = {
        "covers": [one for one in opened.covers if (one.authority.pk, one.reference) not in taken],
        "rooms": opened.rooms,
        "sent": sent,
        "refusal": _refusal(),
        "roots": shelf().roots,
        "most": tus.most_bytes(),
        "days": settings.KAVALAN_UPLOAD_DAYS,
    }
    return render(request, "uploads/upload.html", context)


def _refusal() -> str:
    """Why nothing can be sent here at all."""
    try:
        media_free = vault().media_free
    except RefusedError as refusal:
        return str(refusal)
    return "This workspace is media-free and keeps no copy of evidence." if media_free else ""


@require_http_methods(["POST", "OPTIONS"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Where uploads begin."""
    return tus.able() if request.method == "OPTIONS" else tus.other_version(request) or tus.create(request)


@require_http_methods(["GET", "HEAD", "PATCH", "DELETE", "OPTIONS"])
def upload(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One upload: its page, and where its pieces come."""
    if request.method == "OPTIONS":
        return tus.able()
    found = _upload_or_404(request, public_id)
    if request.method == "GET":
        return redirect("exhibit", found.exhibit.public_id) if found.exhibit else _page(request, found)
    if (refused := tus.other_version(request)) is not None:
        return refused
    match request.method:
        case "HEAD":
            return tus.head(found)
        case "PATCH":
            return tus.patch(request, found)
        case _:
            return tus.terminate(request, found)


@require_POST
def finish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make an exhibit of what has come whole, where that was refused when its last byte came."""
    found = _upload_or_404(request, public_id)
    if not _has_come(found):
        return _page(request, found, "It has not come whole.", 409)
    try:
        made = finish_upload(officer_of(request), found.authority, found, timezone.now())
    except RefusedError as refusal:
        return _page(request, found, str(refusal), 409)
    if made.exhibit is None:
        raise Http404
    return redirect("exhibit", made.exhibit.public_id)


@require_POST
def abandon(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give an upload up."""
    found = _upload_or_404(request, public_id)
    try:
        abandon_upload(officer_of(request), timezone.now(), upload=found)
    except RefusedError as refusal:
        return _page(request, found, str(refusal), 409)
    forget_parts(found)
    return redirect("upload-exhibit")


def _page(request: HttpRequest, shown: Upload, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "upload": shown,
        "coming": shown.standing == Standing.COMING,
        "has_come": _has_come(shown),
        "until": expires(shown.received_at, settings.KAVALAN_UPLOAD_DAYS),
        "refusal": refusal,
    }
    return render(request, "uploads/one.html", context, status=status)


def _has_come(upload: Upload) -> bool:
    try:
        return upload.standing == Standing.COMING and vault().parts.has_come(upload.number)
    except RefusedError:
        return False


def _upload_or_404(request: HttpRequest, public_id: UUID) -> Upload:
    found = upload_for(officer_of(request), public_id)
    if found is None:
        raise Http404
    return found
