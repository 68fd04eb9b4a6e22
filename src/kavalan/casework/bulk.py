"""Many rows at once, made ready before the transaction that adds them.

A model's manager puts the statements together while the transaction is open, and everybody else waits for it: ten times
as long as the database takes.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar

from django.db import connection
from django.db.models import Model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

Row = TypeVar("Row", bound=Model)

_AT_ONCE = 200


class Prepared(Generic[Row]):
    """Rows whose values are ready for the database; their numbers are the database's to give.

    Args:
        model: the table.
        rows: none of them saved.
    """

    def __init__(self, model: type[Row], rows: Iterable[Row]) -> None:
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self._table = model._meta.db_table
        self._columns = [field.attname for field in fields]
        self._values = [
            [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows
        ]

    def insert(self, *, ignore_conflicts: bool = False, **known_now: Sequence[int | str | None]) -> None:
        """Add the rows; part of a verb or step.

        Args:
            ignore_conflicts: pass over rows that are there already.
            known_now: columns of numbers or short texts that could not be known before, a value for each row.
        """
        for column, values in known_now.items():
            place = self._columns.index(column)
            for row, value in zip(self._values, values, strict=True):
                row[place] = value
        quote = connection.ops.quote_name
        into = f"INSERT INTO {quote(self._table)} ({', '.join(map(quote, self._columns))})"
        places = f"({', '.join(['%s'] * len(self._columns))})"
        unless = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
        with connection.cursor() as cursor:
            for first in range(0, len(self._values), _AT_ONCE):
                rows = self._values[first : first + _AT_ONCE]
                # Many in a statement: PostgreSQL would be asked once for each row.
                statement = f"{into} VALUES {', '.join([places] * len(rows))}{unless}"
                cursor.execute(statement, list(chain.from_iterable(rows)))


def save_each(rows: Sequence[Model], fields: Collection[str]) -> None:
    """Save some fields of many rows of one model, as one query; part of a verb or step.

    A manager's `bulk_update` says one long condition for each field, and takes ten times as long to put it together.
    """
    if not rows:
        return
    model, quote = type(rows[0]), connection.ops.quote_name
    columns = [field for field in model._meta.concrete_fields if field.name in fields]
    places = ", ".join(f"{quote(field.attname)} = %s" for field in columns)
    values = [
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in columns), row.pk]
        for row in rows
    ]
    with connection.cursor() as cursor:
        statement = f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE {quote('id')} = %s"  # noqa: S608 names of the model's own
        cursor.executemany(statement, values)
