"""One asking of the database, whichever it is: what both modules take and give."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kavalan.casework.search.rules import Kind
    from kavalan.casework.search.words import Wanted

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of SQL and the values for its places."""

    sql: str
    params: Sequence[Value] = field(default_factory=list)

    def rows(self) -> list[tuple[object, ...]]:
        """What the database answers to it."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, list(self.params))
            found: list[tuple[object, ...]] = cursor.fetchall()
        return found

    def numbers(self) -> list[int]:
        """The first column of what the database answers."""
        return [int(str(row[0])) for row in self.rows()]


ALWAYS = Clause("TRUE")


def joined(*parts: str | Clause) -> Clause:
    """Pieces one after another, each as it is."""
    clauses = [Clause(part) if isinstance(part, str) else part for part in parts]
    return Clause(" ".join(one.sql for one in clauses), [value for one in clauses for value in one.params])


@dataclass(frozen=True, slots=True)
class Asked:
    """What documents are asked for; in clauses `d` is the alias of their table.

    Attributes:
        wanted: by their words.
        opened: a condition: they are open to whoever asks.
        before: number of the document behind which they come; None for the newest.
        most: how many.
    """

    wanted: Wanted
    opened: Clause
    before: int | None
    most: int

    @property
    def behind(self) -> Clause:
        """A condition: they come after the page before."""
        return ALWAYS if self.before is None else Clause("d.id < %s", [self.before])


class Index(Protocol):
    """A database's own index of the documents' words."""

    def few(self, wanted: Wanted, most: int) -> bool:
        """Whether at most so many documents have what is wanted, whoever may see them."""

    def matching(self, wanted: Wanted) -> Clause:
        """`FROM … WHERE …` that begins with the index, to which conditions can be added with `AND`."""

    def holds(self, wanted: Wanted) -> Clause:
        """A condition that is asked of each row, where rows were found by other means."""

    def newest(self, asked: Asked, kind: Kind) -> list[int]:
        """The numbers of the newest documents of a kind, the newest first, where many have what is wanted."""
