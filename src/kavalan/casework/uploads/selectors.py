"""Reading uploads: everybody sees their own alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.uploads.models import Standing, Upload

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer


def upload_for(officer: Officer, public_id: UUID) -> Upload | None:
    """An upload of the officer's own, ended or not."""
    mine = Upload.objects.filter(officer=officer, public_id=public_id)
    return mine.select_related("authority__unit", "compartment", "exhibit", "officer").first()


def coming(officer: Officer) -> QuerySet[Upload]:
    """What the officer began to send and has not come whole, or is no exhibit yet; the newest first."""
    return Upload.objects.filter(officer=officer, standing=Standing.COMING).select_related("authority").order_by("-pk")
