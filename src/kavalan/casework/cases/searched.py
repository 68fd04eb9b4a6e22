"""What can be found of cases and of what is worked in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.cases.models import Case
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.rules import Said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def case_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Cases by their numbers and titles."""
    for case in Case.objects.filter(pk__in=numbers).select_related("unit"):
        yield Draft(
            number=case.pk,
            address=case.public_id,
            placed=("cases.case", case.pk),
            title=case.reference,
            note=case.title,
            lines=[(Said.TITLE, case.title)],
            wholes=[case.reference],
        )
