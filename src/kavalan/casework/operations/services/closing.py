"""ClosingReport an operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.operations.figures import total_of
from kavalan.casework.operations.models import ClosingReport
from kavalan.casework.operations.selectors.counting import counted
from kavalan.casework.operations.working import held
from kavalan.casework.said import LONGEST
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.casework.operations.models import Operation


@house_verb("operation.close")
def close_operation(act: HouseAct, *, operation: Operation, remark: str = "") -> Done[ClosingReport]:
    """Keep the figures of an operation as its closing report. What is told later makes a further one; this one stays.

    Args:
        act: a supervisor of the operation.
        operation: which; it takes no more sites in from then on.
        remark: what a reader must know, without a name.

    Raises:
        RefusedError: when the actor does not supervise the operation, it has no site, or nothing has changed since it
            was closed last.
    """
    operation = held(act, operation)
    figures, last = counted(operation), operation.closings.order_by("number").last()
    if not figures["sites"]:
        raise RefusedError("An operation without a site has no closing report.")
    if last is not None and last.figures == figures:
        raise RefusedError("Nothing has changed since it was closed last.")
    made = ClosingReport.objects.create(
        operation=operation,
        number=last.number + 1 if last else 1,
        figures=figures,
        remark=remark.strip()[:LONGEST],
        made_by=act.officer,
        made_at=act.at,
    )
    if operation.closed_at is None:
        operation.closed_at = act.at
        operation.save(update_fields=["closed_at"])
    totals = {name: total_of(figures, name) for name in figures}
    return Done(made, {"operation": str(operation.public_id), "closing": made.number, "remark": made.remark, **totals})
