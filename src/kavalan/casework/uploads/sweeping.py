"""Removing what has come of uploads that came to nothing, or that lies in its place now: a duty of the worker."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from kavalan.casework.errors import RefusedError
from kavalan.casework.uploads.models import Standing, Upload
from kavalan.casework.uploads.services import expire_upload
from kavalan.casework.vault.store import vault

if TYPE_CHECKING:
    from datetime import datetime


def sweep_uploads(now: datetime) -> str | None:
    """Give up what nobody went on with, and remove what is of no more use; what keeps it from that, for the log."""
    try:
        parts = vault().parts
    except RefusedError as refusal:
        return f"not swept: {refusal}"
    before = now - timedelta(days=settings.KAVALAN_UPLOAD_DAYS)
    for upload in Upload.objects.filter(standing=Standing.COMING, received_at__lt=before):
        expire_upload(None, now, upload=upload, before=before)
    there = parts.numbers()
    for number in there - _awaited(there):
        parts.remove(number)
    return None


def forget_parts(upload: Upload) -> None:
    """Remove what has come of an upload."""
    vault().parts.remove(upload.number)


def _awaited(numbers: set[str]) -> set[str]:
    """Those that are still coming, or whose exhibit is not kept yet: also where its keeping has failed."""
    uploads = Upload.objects.filter(public_id__in=[uuid.UUID(number) for number in numbers])
    in_place = uploads.filter(exhibit__safekeepings__content__isnull=False)
    still = uploads.filter(standing__in=[Standing.COMING, Standing.TAKEN]).exclude(pk__in=in_place.values("pk"))
    return {upload.number for upload in still}
