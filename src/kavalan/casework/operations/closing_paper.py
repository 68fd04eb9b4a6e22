"""A closing report as a paper: made anew from the kept figures whenever it is asked for, the same bytes each time.

Nothing is kept of it: the closing itself is, and the ledger has it.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation

from kavalan.casework.accounts.selectors import rank_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.figures import DISTRICT_FIGURES, FIGURES, total_of
from kavalan.casework.operations.selectors.operations import lines_of, marking_of
from kavalan.papers import Counted, District, Officer, OperationClosing, PaperError
from kavalan.papers.apart import render_apart

if TYPE_CHECKING:
    from kavalan.casework.operations.models import ClosingReport


def closing_file(closing: ClosingReport) -> bytes:
    """The paper as PDF/A; takes a second or two.

    Raises:
        RefusedError: it cannot be set; the text says why.
    """
    try:
        # In English, as the other papers' free text.
        with translation.override("en"):
            return render_apart(closing_paper(closing))
    except PaperError as error:
        raise RefusedError(str(error)) from error


def closing_paper(closing: ClosingReport) -> OperationClosing:
    """What the paper shows."""
    operation, made_at = closing.operation, closing.made_at.astimezone(UTC).replace(microsecond=0)
    rank = rank_of(closing.made_by, timezone.localdate(closing.made_at))
    lines, _ = lines_of(closing.figures, operation.unit_id)
    return OperationClosing(
        prepared_at=made_at,
        prepared_by=Officer(closing.made_by.badge, rank.title if rank else "rank not recorded"),
        unit=operation.unit.name,
        zone=settings.TIME_ZONE,
        marking=str(marking_of(operation).label),
        reference=operation.reference,
        subject=operation.title,
        number=closing.number,
        closed_at=made_at,
        figures=tuple(
            Counted(str(one.label), str(one.definition), total_of(closing.figures, one.id)) for one in FIGURES
        ),
        columns=tuple(str(one.label) for one in DISTRICT_FIGURES),
        districts=tuple(District(line.name, tuple(line.counts)) for line in lines),
        day=operation.day.isoformat() if operation.day else None,
        remark=closing.remark or None,
    )
