"""The index of words on PostgreSQL: a `tsvector` of `SearchDocument.words` that the database makes, under GIN.

The words are made in Python (`words`), so that no parser or dictionary of the server's takes them apart, whatever its
locale. GIN finds them without an order: where many documents have what is wanted, the newest ones are looked at first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.search.asked import Clause, joined
from kavalan.casework.search.words import All, Either, Word, kind_word

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from kavalan.casework.search.asked import Asked
    from kavalan.casework.search.rules import Kind
    from kavalan.casework.search.words import Wanted

_COLUMN: Final = """
ALTER TABLE search_searchdocument
ADD COLUMN terms tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(words), ' '))) STORED
"""
# Without a list of what came last: every question would read it from beginning to end.
_INDEX: Final = "CREATE INDEX search_terms ON search_searchdocument USING gin (terms) WITH (fastupdate = off)"
_WALKED: Final = 3000
"""Documents of a kind that are looked at one after another before the index is asked."""


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the column and its index."""
    with connection.cursor() as cursor:
        for statement in (_COLUMN, _INDEX):
            cursor.execute(statement)


class Gin:
    """The contract of `asked.Index`."""

    def few(self, wanted: Wanted, most: int) -> bool:
        """Whether at most so many documents have it."""
        found = Clause(
            "SELECT 1 FROM search_searchdocument WHERE terms @@ %s::tsquery LIMIT %s", [_said(wanted), most + 1]
        )
        return joined("SELECT count(*) FROM (", found, ") found").numbers()[0] <= most

    def matching(self, wanted: Wanted) -> Clause:
        """Beginning with the index."""
        # Apart, so that the planner does not walk all documents in the hope of finding some soon.
        inner = Clause("SELECT * FROM search_searchdocument WHERE terms @@ %s::tsquery OFFSET 0", [_said(wanted)])
        return joined("FROM (", inner, ") d WHERE TRUE")

    def holds(self, wanted: Wanted) -> Clause:
        """Asked of the vector in the row."""
        return Clause("d.terms @@ %s::tsquery", [_said(wanted)])

    def newest(self, asked: Asked, kind: Kind) -> list[int]:
        """First among the newest of the kind; where they do not fill the page, by the index."""
        walked = joined(
            Clause("SELECT * FROM search_searchdocument d WHERE d.kind = %s AND", [kind.value]),
            asked.behind,
            Clause("ORDER BY d.id DESC LIMIT %s", [_WALKED]),
        )
        found = _newest(joined("FROM (", walked, ") d WHERE", self.holds(asked.wanted)), asked)
        if len(found) < asked.most:
            found = _newest(self.matching(All([Word(kind_word(kind)), asked.wanted])), asked)
        return found


def _newest(found: Clause, asked: Asked) -> list[int]:
    ordered = Clause("ORDER BY d.id DESC LIMIT %s", [asked.most])
    return joined("SELECT d.id", found, "AND", asked.behind, "AND", asked.opened, ordered).numbers()


def _said(wanted: Wanted) -> str:
    """In the language of `tsquery`; the words hold neither quotes nor anything else of it."""
    match wanted:
        case Word(text, begins):
            return f"'{text}':*" if begins else f"'{text}'"
        case All(parts):
            return f"({' & '.join(map(_said, parts))})"
        case Either(parts):
            return f"({' | '.join(map(_said, parts))})"
