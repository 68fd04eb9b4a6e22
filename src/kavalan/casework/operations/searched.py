"""What can be found of operations: never an address, nor the place of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from kavalan.casework.operations.models import Operation, Warrant
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.rules import Said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_MOST = 500


def operation_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Operations by their titles, their numbers, and the numbers of their warrants."""
    named = Prefetch("warrants", Warrant.objects.order_by("pk"), "named")
    for operation in Operation.objects.filter(pk__in=numbers).prefetch_related(named):
        warrants: list[Warrant] = vars(operation)["named"][:_MOST]
        yield Draft(
            number=operation.pk,
            address=operation.public_id,
            placed=("operations.operation", operation.pk),
            title=operation.reference,
            note=operation.title,
            lines=[(Said.TITLE, operation.title), *((Said.NUMBER, one.reference) for one in warrants)],
            wholes=[operation.reference, *(one.reference for one in warrants)],
        )
