"""Closing a case that a split opened, where undoing the split leaves nothing in it; part of that verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from kavalan.casework.cases.models import Case, Part, Rearrangement, StageReached
from kavalan.casework.cases.rules import Outcome, Stage

if TYPE_CHECKING:
    from django.db.models import Model

    from kavalan.casework.verbs import HouseAct


def close_emptied(act: HouseAct, made: Rearrangement, case: Case, why: str) -> bool:
    """Close the case of an undone split, unless somebody did anything with it; say whether it was closed.

    No review of what is kept begins: nothing is kept by it.

    Args:
        act: who undoes.
        made: the split.
        case: that it opened, locked, without what went back.
        why: it is undone.
    """
    if case.over_at is not None or _touched(case, made):
        return False
    StageReached.objects.create(
        case=case,
        stage=Stage.CLOSED,
        outcome=Outcome.UNDONE,
        reason=why,
        happened_at=act.at,
        entered_by=act.officer,
        entered_at=act.at,
    )
    case.stage, case.over_at = Stage.CLOSED, act.at
    case.save(update_fields=["stage", "over_at"])
    return True


def _touched(case: Case, made: Rearrangement) -> bool:
    """Whether anything names it but the split and what that brought: whatever hangs on cases, of any room."""
    brought = Part.objects.filter(shifts__rearrangement=made)
    apart: dict[type[Model], QuerySet[Model]] = {
        Part: brought,
        Rearrangement: Rearrangement.objects.filter(pk=made.pk),
    }
    for relation in Case._meta.related_objects:
        model: type[Model] = relation.related_model
        rows: QuerySet[Model] = QuerySet(model).filter(**{relation.field.name: case.pk})
        if model in apart:
            rows = rows.exclude(pk__in=apart[model].values("pk"))
        if rows.exists():
            return True
    return False
