"""What of a case can be moved into another, as a form offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.cases.models import Part
from kavalan.casework.cases.named import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case

MOST_OFFERED: Final = 500


def parts_to_move(officer: Officer, case: Case, now: datetime) -> Mapping[str, tuple[Part, str]]:
    """Parts of the case that the officer may see, with what they are called, by their public ids."""
    parts = list(Part.objects.filter(case=case, ended_at__isnull=True).order_by("kind", "pk")[:MOST_OFFERED])
    names = names_of(officer, ((part.kind, part.object_id) for part in parts), now)
    return {
        str(part.public_id): (part, found.words)
        for part in parts
        if (found := names.get((part.kind, part.object_id))) is not None
    }
