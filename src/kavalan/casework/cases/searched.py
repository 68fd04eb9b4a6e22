"""What can be found of cases and of what is worked in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from kavalan.casework.cases.models import Case, ExternalNumber
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.rules import Said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def case_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Cases by their titles, their own numbers, and those of other offices, as written and as folded."""
    standing = Prefetch("numbers", ExternalNumber.objects.filter(withdrawn_at__isnull=True).order_by("pk"), "standing")
    for case in Case.objects.filter(pk__in=numbers).prefetch_related(standing):
        others: list[ExternalNumber] = vars(case)["standing"]
        yield Draft(
            number=case.pk,
            address=case.public_id,
            placed=("cases.case", case.pk),
            title=case.reference,
            note=case.title,
            lines=[(Said.TITLE, case.title), *((Said.NUMBER, f"{one.number} {one.office}") for one in others)],
            wholes=[case.reference, *(text for one in others for text in (one.number, one.folded))],
        )
