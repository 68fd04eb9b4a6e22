"""Asking a store: it is opened for reading, and for nothing else."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from kavalan.chats.errors import ChatError
from kavalan.chats.store.schema import VERSION
from kavalan.chats.store.writer import FILE
from kavalan.identifiers import SHORTEST_SOUND, fold, sounds_like
from kavalan.identifiers import words as folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from kavalan.identifiers import TermFound, Terms

_WORD: Final = re.compile(r"[^\s\"*]+\*?")
_MOST_WORDS: Final = 50
_AT_ONCE: Final = 500
_LONGEST_SAID: Final = 100
"""Characters of what may be a word that somebody says."""
_MOST_ALIKE: Final = 500
"""Words that sound like one; those that are said most often."""
_HITS: Final = """
SELECT s.sha256 || ':' || CASE m.native WHEN '' THEN m.offset ELSE m.native END, c.title,
    CASE m.time_local WHEN '' THEN m.time_text ELSE m.time_local END, m.time_certainty, m.sender_name, m.kind, m.text,
    m.flags
FROM source s JOIN message m JOIN conversation c ON c.number = m.conversation
"""


class Hit(NamedTuple):
    """A message that was found.

    Attributes:
        key: of the message.
        conversation: the chat's title.
        time: local, or as written where it cannot be told.
        certainty: of the time.
        sender: as shown.
        kind: of the message.
        text: all of it.
        flags: what is doubtful about it.
    """

    key: str
    conversation: str
    time: str
    certainty: str
    sender: str
    kind: str
    text: str
    flags: str


_TEXT: Final = Hit._fields.index("text")


class Store:
    """A store, opened.

    Args:
        path: of its file, or of the folder that holds it.

    Raises:
        ChatError: there is none, or one that this version does not read.
    """

    def __init__(self, path: Path) -> None:
        file = path / FILE if path.is_dir() else path
        try:
            # Polars asks from a thread of its own, while ours waits.
            address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"
            self.base = sqlite3.connect(address, uri=True, check_same_thread=False)
            version = self.base.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            message = f"{file} is no store of chats: {error}"
            raise ChatError(message) from error
        if version != VERSION:
            self.base.close()
            message = f"{file} has layout {version}, this version reads {VERSION}: read the source again"
            raise ChatError(message)

    def __enter__(self) -> Self:
        """It is open already."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.base.close()

    def search(self, words: str, most: int = 1000) -> Iterator[Hit]:
        """Messages that have all the words, in the order of the source.

        Words are folded as texts are, so one spelling finds all: of a chillu, of digits, of case. A word ending in `*`
        finds every word that begins so.

        Args:
            words: parted by spaces.
            most: how many.
        """
        asked = query(words)
        if not asked:
            return
        yield from self._hits(asked, most)

    def sounding(self, words: str, most: int = 1000) -> Iterator[tuple[Hit, list[str]]]:
        """Messages that have for each of the words one that sounds like it, in any of three scripts; and those words.

        That two words sound alike says no more than that they may be the same.

        Raises:
            ChatError: a word is too short for its sound to tell anything.
        """
        alike = self.alike(words.split()[:_MOST_WORDS])
        if not alike or not all(alike):
            return
        heard = {word for found in alike for word in found}
        asked = " AND ".join(f"({' OR '.join(map(_quoted, found))})" for found in alike)
        for hit in self._hits(asked, most):
            yield hit, list(dict.fromkeys(word for word in folded_words(hit.text) if word in heard))

    def alike(self, words: list[str]) -> list[list[str]]:
        """For each word those of the messages that sound like it, folded, the most frequent first.

        Raises:
            ChatError: one is too short for its sound to tell anything.
        """
        sounds = [sounds_like(word) for word in words]
        found: dict[str, list[str]] = {sound: [] for sound in sounds}
        for word, sound in zip(words, sounds, strict=True):
            if len(sound) < SHORTEST_SOUND:
                message = f"{word}: too short for its sound to tell anything; look for the word itself"
                raise ChatError(message)
        self.base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.said USING fts5vocab(main, word, 'row')")
        said = self.base.execute(
            "SELECT term FROM temp.said WHERE length(term) <= ? ORDER BY cnt DESC", (_LONGEST_SAID,)
        )
        for (term,) in said:
            held = found.get(sounds_like(term))
            if held is not None and len(held) < _MOST_ALIKE:
                held.append(term)
        return [found[sound] for sound in sounds]

    def holding(self, terms: Terms) -> Iterator[tuple[Hit, list[TermFound]]]:
        """Messages that hold terms of a list, in the order of the source, with where they stand."""
        rows = self.base.execute(f"{_HITS} ORDER BY m.seq")
        while held := rows.fetchmany(_AT_ONCE):
            for number, found in terms.search(row[_TEXT] for row in held):
                yield Hit._make(held[number]), found

    def _hits(self, asked: str, most: int) -> Iterator[Hit]:
        where = "WHERE m.seq IN (SELECT rowid FROM word WHERE word MATCH ?) ORDER BY m.seq LIMIT ?"
        found = self.base.execute(f"{_HITS} {where}", (asked, most))
        yield from map(Hit._make, found)


def query(words: str) -> str:
    """Words as FTS5 is asked: each quoted, so that none of its operators is meant."""
    found = _WORD.findall(fold(words))[:_MOST_WORDS]
    return " ".join(f"{_quoted(word[:-1])}*" if word.endswith("*") else _quoted(word) for word in found if word != "*")


def _quoted(word: str) -> str:
    return f'"{word}"'
