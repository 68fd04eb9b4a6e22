"""tus 1.0.0 (https://tus.io/protocols/resumable-upload): creation, termination, checksum, expiration.

Every request that changes something carries the page's token (`X-CSRFToken`) and comes from the desk's own origin:
Django's check asks it of POST, PATCH and DELETE alike, no answer allows another origin anything, and what tus asks for
cannot be sent by a form. Answers to requests that are refused say why as plain text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.uploads.forms import DraftForm
from kavalan.casework.uploads.models import Standing
from kavalan.casework.uploads.rules import MetadataError, expires, read_metadata, whole_number
from kavalan.casework.uploads.services import abandon_upload, begin_upload, finish_upload
from kavalan.casework.uploads.sweeping import forget_parts
from kavalan.casework.uploads.taking import (
    CHECKSUMS,
    ChecksumError,
    ChecksumHeaderError,
    OffsetError,
    checked,
    hearing,
    offset_of,
    take,
)
from kavalan.casework.vault.store import vault
from kavalan.vault import BusyError, VaultError

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kavalan.casework.uploads.models import Upload
    from kavalan.vault import Readable

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,termination,checksum,expiration"
OFFSET_STREAM: Final = "application/offset+octet-stream"


def said(status: int, why: str = "", **headers: str) -> HttpResponse:
    """An answer as tus wants it; headers with `_` for `-`."""
    response = HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response


def able() -> HttpResponse:
    """What this server can: the answer to OPTIONS."""
    return said(
        204,
        Tus_Version=VERSION,
        Tus_Extension=EXTENSIONS,
        Tus_Max_Size=str(most_bytes()),
        Tus_Checksum_Algorithm=",".join(CHECKSUMS),
    )


def most_bytes() -> int:
    """What is larger is not taken."""
    return settings.KAVALAN_UPLOAD_GIB << 30


def other_version(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a request that speaks another version, or none."""
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    return said(412, "This speaks tus 1.0.0.", Tus_Version=VERSION)


def create(request: HttpRequest) -> HttpResponse:
    """Begin an upload of a known length: POST."""
    length = whole_number(request.headers.get("Upload-Length"))
    if length is None:
        return said(400, "Upload-Length is missing: the length must be known.")
    if length == 0:
        return said(400, "The file is empty: there is nothing to send.")
    try:
        if length > most_bytes() or vault().parts.room() < length:
            return said(413, "This is more than the desk takes, or than there is room for. Register it in a folder.")
        form = DraftForm(officer_of(request), timezone.now(), read_metadata(request.headers.get("Upload-Metadata", "")))
        made = begin_upload(officer_of(request), form.authority, form.draft(length), timezone.now())
    except MetadataError as error:
        return said(400, str(error))
    except RefusedError as refusal:
        return said(403, str(refusal))
    return said(201, Location=reverse("upload", args=[made.public_id]), Upload_Expires=_until(made))


def head(upload: Upload) -> HttpResponse:
    """Where an upload stands: HEAD."""
    if upload.standing in {Standing.ABANDONED, Standing.EXPIRED}:
        return said(410)
    try:
        offset = upload.size if upload.standing == Standing.TAKEN else offset_of(upload)
    except BusyError:
        return said(423)
    except (VaultError, RefusedError):
        return said(500)
    return said(
        200,
        Upload_Offset=str(offset),
        Upload_Length=str(upload.size),
        Upload_Expires=_until(upload),
        Cache_Control="no-store",
    )


def patch(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Take what follows: PATCH."""
    if upload.standing in {Standing.ABANDONED, Standing.EXPIRED}:
        return said(410, "This upload has ended.")
    if request.content_type != OFFSET_STREAM:
        return said(415, f"Send {OFFSET_STREAM}.")
    offset = whole_number(request.headers.get("Upload-Offset"))
    length = whole_number(request.headers.get("Content-Length"))
    if offset is None or length is None:
        return said(400, "Upload-Offset and Content-Length are needed.")
    if offset + length > upload.size:
        return said(413, "This is more than was announced.")
    if upload.standing == Standing.TAKEN:
        return _taken(upload, offset)
    return _patched(request, upload, offset, length)


def _taken(upload: Upload, offset: int) -> HttpResponse:
    if offset != upload.size:
        return said(409, "The upload has come whole.")
    return said(204, Upload_Offset=str(offset))


def _patched(request: HttpRequest, upload: Upload, offset: int, length: int) -> HttpResponse:
    try:
        with hearing(request):
            now_at = take(upload, offset, _body(request, length), timezone.now)
    except OffsetError as error:
        return said(409, str(error))
    except BusyError as error:
        return said(423, error.what)
    except ChecksumHeaderError as error:
        return said(400, str(error))
    except ChecksumError as error:
        return HttpResponse(str(error), status=460, reason="Checksum Mismatch", headers={"Tus-Resumable": VERSION})
    except VaultError as error:
        return said(507, error.what)
    if now_at == upload.size:
        make_exhibit(request, upload)
    return said(204, Upload_Offset=str(now_at), Upload_Expires=_until(upload))


def make_exhibit(request: HttpRequest, upload: Upload) -> str:
    """Make an exhibit of what has come whole; why not, where that is refused: it stays, and is tried again by hand."""
    try:
        finish_upload(officer_of(request), upload.authority, upload, timezone.now())
    except RefusedError as refusal:
        return str(refusal)
    return ""


def _body(request: HttpRequest, length: int) -> Readable:
    header = request.headers.get("Upload-Checksum")
    return request if header is None else checked(request, length, header)


def terminate(request: HttpRequest, upload: Upload) -> HttpResponse:
    """Give an upload up: DELETE."""
    if upload.standing in {Standing.ABANDONED, Standing.EXPIRED}:
        return said(410)
    try:
        abandon_upload(officer_of(request), timezone.now(), upload=upload)
    except RefusedError as refusal:
        return said(403, str(refusal))
    forget_parts(upload)
    return said(204)


def _until(upload: Upload) -> str:
    return http_date(expires(upload.received_at, settings.KAVALAN_UPLOAD_DAYS).timestamp())
