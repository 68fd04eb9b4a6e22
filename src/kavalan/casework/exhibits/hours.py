"""Counting items by the hour in which they were modified, by the clock of the unit's zone."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection
from django.utils import timezone

from kavalan.casework.exhibits.models import HourTally, Item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

_AT_ONCE = 100


class Hour(NamedTuple):
    """One hour of an exhibit, in the order of the tally's key."""

    exhibit_id: int
    seal: int
    year: int
    month: int
    day: int
    hour: int


def count(items: QuerySet[Item]) -> Counter[Hour]:
    """How many of the items fall into each hour; those of which no time is known into none."""
    found: Counter[Hour] = Counter()
    for exhibit, seal, at in items.filter(modified__isnull=False).values_list("exhibit", "seal", "modified").order_by():
        local = timezone.localtime(at)
        found[Hour(exhibit, seal, local.year, local.month, local.day, local.hour)] += 1
    return found


def add(changes: Mapping[Hour, int]) -> None:
    """Add changes to the tallies; part of a verb or step.

    The database adds: what stands there need not be read, however many hours an exhibit has.
    """
    quote = connection.ops.quote_name
    table, columns = quote(HourTally._meta.db_table), ", ".join(map(quote, Hour._fields))
    rows = [(*hour, change) for hour, change in sorted(changes.items())]
    with connection.cursor() as cursor:
        for first in range(0, len(rows), _AT_ONCE):
            some = rows[first : first + _AT_ONCE]
            places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO {table} ({columns}, items) VALUES {places} "  # noqa: S608 our own names
                f"ON CONFLICT ({columns}) DO UPDATE SET items = {table}.items + excluded.items",
                list(chain.from_iterable(some)),
            )
