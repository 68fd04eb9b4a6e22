"""What can be found of exhibits: what people call them, and never what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.rules import Said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def exhibit_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Exhibits by their references, with the paper on which they were taken in."""
    for exhibit in Exhibit.objects.filter(pk__in=numbers).select_related("authority"):
        yield Draft(
            number=exhibit.pk,
            address=exhibit.public_id,
            placed=("exhibits.exhibit", exhibit.pk),
            title=exhibit.reference,
            note=exhibit.description,
            lines=[(Said.TEXT, exhibit.description), (Said.NUMBER, exhibit.authority.reference)],
            wholes=[exhibit.reference, exhibit.authority.reference],
        )
