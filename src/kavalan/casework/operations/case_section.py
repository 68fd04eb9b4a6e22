"""What the page of a case says of operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kavalan.casework.cases.section import MOST_ROWS, Section
from kavalan.casework.operations.selectors.operations import operations_of

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.cases.models import Case


def operations_section(officer: Officer, case: Case, now: datetime) -> Section | None:
    """The operations that a case is in, as far as the officer may see them; nothing where there is none."""
    found = list(operations_of(case, officer, now)[: MOST_ROWS + 1])
    if not found:
        return None
    context = {"operations": found[:MOST_ROWS], "more": len(found) > MOST_ROWS}
    return Section("operations", _("Operations"), "operations/_of_case.html", context)
