"""The index of words on SQLite: FTS5 over `SearchDocument.words`, kept by triggers.

The words are made in Python (`words`) and stand between spaces. FTS5's tokenizer `ascii` leaves every sign beyond ASCII
as it is, so it takes them apart nowhere else; `unicode61` would cut Malayalam and Hindi at every vowel sign, and the
letters that it knows are those of Unicode 6.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.casework.search.asked import Clause, joined
from kavalan.casework.search.words import All, Either, Word, kind_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper

    from kavalan.casework.search.asked import Asked
    from kavalan.casework.search.rules import Kind
    from kavalan.casework.search.words import Wanted

# Neither the places nor the number of words are asked for. Beginnings of three and four signs are kept ready.
_TABLE: Final = """
CREATE VIRTUAL TABLE search_words USING fts5(
    words, content='search_searchdocument', content_rowid='id', tokenize='ascii',
    detail=none, columnsize=0, prefix='3 4'
)
"""
_TRIGGERS: Final = (
    """
CREATE TRIGGER search_words_add AFTER INSERT ON search_searchdocument BEGIN
    INSERT INTO search_words(rowid, words) VALUES (NEW.id, NEW.words);
END
""",
    """
CREATE TRIGGER search_words_take AFTER DELETE ON search_searchdocument BEGIN
    INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END
""",
    """
CREATE TRIGGER search_words_change AFTER UPDATE OF words ON search_searchdocument WHEN OLD.words <> NEW.words BEGIN
    INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
    INSERT INTO search_words(rowid, words) VALUES (NEW.id, NEW.words);
END
""",
)
_MERGE: Final = "INSERT INTO search_words(search_words, rank) VALUES ('merge', %s)"


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the index and what keeps it."""
    with connection.cursor() as cursor:
        for statement in (_TABLE, *_TRIGGERS):
            cursor.execute(statement)


def merge(connection: BaseDatabaseWrapper, pages: int) -> bool:
    """Write a part of the index anew, since words of documents that went lie in its old segments.

    Args:
        connection: of the desk.
        pages: how many, negative to begin with all segments.

    Returns:
        Whether there is more to do.
    """
    with connection.cursor() as cursor:
        before = _changes(connection)
        cursor.execute(_MERGE, [pages])
        # As SQLite documents it: after less than two changes nothing was left to merge.
        return _changes(connection) - before >= 2


class Fts5:
    """The contract of `asked.Index`."""

    def few(self, wanted: Wanted, most: int) -> bool:
        """Whether at most so many documents have it."""
        found = Clause("SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT %s", [_said(wanted), most + 1])
        return joined("SELECT count(*) FROM (", found, ")").numbers()[0] <= most

    def matching(self, wanted: Wanted) -> Clause:
        """Beginning with the index."""
        # CROSS JOIN: in this order.
        both = "FROM search_words CROSS JOIN search_searchdocument d ON d.id = search_words.rowid"
        return joined(both, Clause("WHERE search_words MATCH %s", [_said(wanted)]))

    def holds(self, wanted: Wanted) -> Clause:
        """Asked of the words as they stand in the row."""
        match wanted:
            case Word(text, begins):
                return Clause("instr(d.words, %s) > 0", [f" {text}" if begins else f" {text} "])
            case All(parts):
                return self._held(parts, " AND ")
            case Either(parts):
                return self._held(parts, " OR ")

    def newest(self, asked: Asked, kind: Kind) -> list[int]:
        """The index is walked from its newest document on: FTS5 intersects with the kind as it goes."""
        found = self.matching(All([Word(kind_word(kind)), asked.wanted]))
        # The condition on the page is one that FTS5 itself begins with.
        behind = Clause(asked.behind.sql.replace("d.id", "search_words.rowid"), asked.behind.params)
        ordered = Clause("ORDER BY search_words.rowid DESC LIMIT %s", [asked.most])
        return joined("SELECT d.id", found, "AND", behind, "AND", asked.opened, ordered).numbers()

    def _held(self, parts: Sequence[Wanted], by: str) -> Clause:
        clauses = [self.holds(part) for part in parts]
        return Clause(f"({by.join(one.sql for one in clauses)})", [value for one in clauses for value in one.params])


def _said(wanted: Wanted) -> str:
    """In FTS5's language; the words hold neither quotes nor anything else of it."""
    match wanted:
        case Word(text, begins):
            return f'"{text}" *' if begins else f'"{text}"'
        case All(parts):
            return f"({' AND '.join(map(_said, parts))})"
        case Either(parts):
            return f"({' OR '.join(map(_said, parts))})"


def _changes(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        return int(cursor.fetchone()[0])
