"""Asking every room at once: one statement, however many sorts of things there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import BigIntegerField, CharField, DateTimeField, TextField, UUIDField, Value, Window
from django.db.models.functions import Cast, RowNumber

from kavalan.casework.mydesk.sort import Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker, Sort

READ: Final = 50
"""Of one sort no more are read; where there are more, that is said."""


def lines_of(sorts: Sequence[Sort], asker: Asker) -> Mapping[str, Sequence[Line]]:
    """What there is of each sort, by its name and in its order; `READ` and one more at most. One statement."""
    arms = [_arm(sort, asker) for sort in sorts]
    if not arms:
        return {}
    rows = sorted(arms[0].union(*arms[1:], all=True), key=lambda row: (row[0], row[1], row[4] is not None, row[4]))
    found: dict[str, list[Line]] = {}
    for name, _, label, key, at, kind in rows:
        found.setdefault(name, []).append(Line(label, key, at, kind))
    return found


def _arm(sort: Sort, asker: Asker) -> QuerySet[Any, tuple[Any, ...]]:
    rows = sort.rows(asker)
    # SQLite cuts no part of a union: each is bounded by a condition, within which the order is counted.
    first = rows.filter(pk__in=rows.order_by(*sort.order).values("pk")[: READ + 1])
    rank = Window(RowNumber(), order_by=sort.order) if sort.rank is None else sort.rank
    named: QuerySet[Any, tuple[Any, ...]] = first.order_by().values_list(
        Value(sort.name, output_field=CharField()),
        Cast(rank, BigIntegerField()),
        Cast(sort.label, TextField()),
        Cast(sort.key, UUIDField()),
        Cast(Value(None) if sort.at is None else sort.at, DateTimeField()),
        Cast(Value("") if sort.kind is None else sort.kind, TextField()),
    )
    return named
