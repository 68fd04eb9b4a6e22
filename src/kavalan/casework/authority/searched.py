"""What can be found of authorities: by their references, their givers and what they name; open to their unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Kind
from kavalan.casework.search.draft import Draft
from kavalan.casework.search.models import UNIT
from kavalan.casework.search.rules import Said

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


def authority_drafts(numbers: Collection[int]) -> Iterator[Draft]:
    """Papers; what a report carries itself is found with the report."""
    for authority in Authority.objects.filter(pk__in=numbers).exclude(kind=Kind.PRELIMINARY):
        accounts = [f"{platform} {native}".strip() for platform, native in authority.accounts]
        yield Draft(
            number=authority.pk,
            address=authority.public_id,
            placed=(UNIT, authority.unit_id),
            title=authority.reference,
            note=authority.get_kind_display(),
            lines=[
                (Said.GIVER, authority.giver),
                (Said.NUMBER, ", ".join(authority.exhibits)),
                (Said.NAMED, ", ".join(accounts)),
            ],
            wholes=[authority.reference, *authority.exhibits, *(native for _, native in authority.accounts)],
        )
