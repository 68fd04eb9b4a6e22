"""The index of words on PostgreSQL: a `tsvector` of `SearchDocument.words` that the database makes, under GIN.

The words are made in Python (`words`), so that no parser or dictionary of the server's takes them apart, whatever its
locale. GIN finds them without an order, and a page wants the newest: so each document also has a word for the block of
numbers in which its own lies, and where many have what is wanted, the newest blocks are asked first.
"""

from __future__ import annotations

import json
from dataclasses import replace
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
_BEGINNING, _BLOCK = "\ue004", "\ue003"
"""Signs of the words of beginnings and of blocks, of Unicode's private use area as those of `words`."""
_SHORT, _LONG = 3, 4
"""Signs of the beginnings of words that are words themselves: GIN reads the lists of all words that begin so."""
_FINE, _COARSE = ("a", 13), ("b", 16)
"""Blocks of 8,192 documents and of 65,536: their sign, and the bits of a number that do not count."""
_FINE_IN_COARSE: Final = 1 << _COARSE[1] - _FINE[1]
_GROWTH: Final = 4
"""By how much more documents are asked for where the last ones gave nothing."""
_TERMS: Final = f"""
CREATE FUNCTION search_terms(words text, number bigint) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array_agg(DISTINCT term)) FROM (
        SELECT unnest(ARRAY[
            word,
            CASE WHEN length(word) >= {_SHORT} THEN '{_BEGINNING}' || left(word, {_SHORT}) END,
            CASE WHEN length(word) >= {_LONG} THEN '{_BEGINNING}' || left(word, {_LONG}) END
        ]) AS term FROM unnest(string_to_array(btrim(words), ' ')) AS word
        UNION ALL SELECT '{_BLOCK}{_FINE[0]}' || (number >> {_FINE[1]})
        UNION ALL SELECT '{_BLOCK}{_COARSE[0]}' || (number >> {_COARSE[1]})
    ) AS terms WHERE term IS NOT NULL
$$
"""  # noqa: S608 our own signs and numbers
_WITH_TERMS: Final = """
ALTER TABLE search_searchdocument DROP COLUMN terms,
ADD COLUMN terms tsvector GENERATED ALWAYS AS (search_terms(words, id)) STORED
"""
_SURELY: Final = 10
"""By how much the server's statistics must exceed a number to be believed."""
_AT_ONCE: Final = 8
"""Blocks that are asked for together, at most: of more, GIN takes long to tell in which a document lies."""
_ASKED: Final = "d.id, d.kind, d.placed_kind, d.placed_id"
"""Columns of which a page's conditions ask; the texts beside them would have to be sorted as well."""


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the column and its index."""
    _execute(connection, _COLUMN, _INDEX)


def install_terms(connection: BaseDatabaseWrapper) -> None:
    """Make the column anew, with blocks and beginnings; of a million documents it takes minutes."""
    _execute(connection, _TERMS, _WITH_TERMS, _INDEX)


class Gin:
    """The contract of `asked.Index`."""

    def few(self, wanted: Wanted, most: int) -> bool:
        """Whether at most so many documents have it; of a long beginning, so many have its first signs.

        What is frequent by the server's own statistics is not counted: it would read the whole list.
        """
        there = Clause("SELECT 1 FROM search_searchdocument WHERE terms @@ %s::tsquery", [_said(wanted, indexed=True)])
        told = joined("EXPLAIN (FORMAT JSON)", there).rows()[0][0]
        plans = json.loads(told) if isinstance(told, str) else told
        if plans[0]["Plan"]["Plan Rows"] > _SURELY * most:  # type: ignore[index]  # as PostgreSQL documents it
            return False
        some = joined(there, Clause("LIMIT %s", [most + 1]))
        return joined("SELECT count(*) FROM (", some, ") found").numbers()[0] <= most

    def matching(self, wanted: Wanted) -> Clause:
        """Beginning with the index."""
        # Apart, so that the planner does not walk all documents in the hope of finding some soon.
        where = Clause("FROM search_searchdocument d WHERE d.terms @@ %s::tsquery OFFSET 0", [_said(wanted)])
        return joined(f"FROM (SELECT {_ASKED}", where, ") d WHERE TRUE")

    def holds(self, wanted: Wanted) -> Clause:
        """Asked of the vector in the row."""
        return _held(wanted)

    def newest(self, asked: Asked, kind: Kind) -> list[int]:
        """Block by block from the newest on, as many at once as it takes by what the last ones gave."""
        ends = Clause("SELECT max(d.id) FROM search_searchdocument d WHERE d.kind = %s AND", [kind.value])
        ((last,),) = joined(ends, asked.behind).rows()
        found: list[int] = []
        end, span = 0 if last is None else int(str(last)) + 1, 1
        while end > 0 and len(found) < asked.most:
            words, older = _blocks(end, span)
            wanted = All([Word(kind_word(kind)), Either(words), asked.wanted])
            more = self._newest(wanted, replace(asked, before=end, most=asked.most - len(found)))
            found += more
            end = older
            likely = span * (asked.most - len(found)) // len(more) + 1 if more else _GROWTH * span
            span = min(likely, _GROWTH * span)
        return found

    def _newest(self, wanted: Wanted, asked: Asked) -> list[int]:
        # In their order before anybody asks whether they are open: it ends with the page.
        there = joined("FROM search_searchdocument d WHERE", _has(wanted), "AND", asked.behind)
        ordered = joined(f"SELECT {_ASKED}", there, "ORDER BY d.id DESC OFFSET 0")
        rest = Clause("ORDER BY d.id DESC LIMIT %s", [asked.most])
        return joined("SELECT d.id FROM (", ordered, ") d WHERE", asked.opened, rest).numbers()


def _blocks(end: int, span: int) -> tuple[list[Word], int]:
    """Words for some blocks of documents with numbers below `end`, and from which number on they lie in them.

    Args:
        end: all below it are asked for.
        span: how many fine blocks; where that is many, coarse ones.
    """
    (sign, bits), count = (_FINE, span) if span <= _AT_ONCE else (_COARSE, min(_AT_ONCE, span // _FINE_IN_COARSE))
    block = (end - 1) >> bits
    older = max(block - count, -1)
    return [Word(f"{_BLOCK}{sign}{number}") for number in range(block, older, -1)], (older + 1) << bits


def _has(wanted: Wanted) -> Clause:
    """A condition that the index knows, and where a beginning is longer than those that it knows, one of the row."""
    known = Clause("d.terms @@ %s::tsquery", [_said(wanted, indexed=True)])
    return joined(known, "AND", _held(wanted)) if _is_longer(wanted) else known


def _held(wanted: Wanted) -> Clause:
    """A condition on the row, said so that the planner does not take the index for it."""
    return Clause("(d.terms @@ %s::tsquery) IS TRUE", [_said(wanted)])


def _execute(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _said(wanted: Wanted, *, indexed: bool = False) -> str:
    """In the language of `tsquery`; the words hold neither quotes nor anything else of it.

    Args:
        wanted: what is sought.
        indexed: a beginning is said by the longest one that is a word itself, which more documents may have.
    """
    match wanted:
        case Word(text, begins):
            if begins and indexed:
                return f"'{_BEGINNING}{text[: _LONG if len(text) >= _LONG else _SHORT]}'"
            return f"'{text}':*" if begins else f"'{text}'"
        case All(parts):
            return f"({' & '.join(_said(part, indexed=indexed) for part in parts)})"
        case Either(parts):
            return f"({' | '.join(_said(part, indexed=indexed) for part in parts)})"


def _is_longer(wanted: Wanted) -> bool:
    """Whether a beginning is sought that is longer than those that are words."""
    if isinstance(wanted, Word):
        return wanted.begins and len(wanted.text) > _LONG
    return any(map(_is_longer, wanted.parts))
