"""Asking a store: it is opened for reading, and for nothing else."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from kavalan.chats.errors import ChatError
from kavalan.chats.store.schema import VERSION
from kavalan.chats.store.writer import FILE
from kavalan.identifiers import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_WORD: Final = re.compile(r"[^\s\"*]+\*?")
_MOST_WORDS: Final = 50


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
        found = self.base.execute(
            "SELECT m.key, c.title, CASE m.time_local WHEN '' THEN m.time_text ELSE m.time_local END, m.time_certainty,"
            " m.sender_name, m.kind, m.text, m.flags"
            " FROM messages m JOIN conversations c ON c.id = m.conversation_id"
            " WHERE m.seq IN (SELECT rowid FROM word WHERE word MATCH ?) ORDER BY m.seq LIMIT ?",
            (asked, most),
        )
        yield from map(Hit._make, found)


def query(words: str) -> str:
    """Words as FTS5 is asked: each quoted, so that none of its operators is meant."""
    found = _WORD.findall(fold(words))[:_MOST_WORDS]
    return " ".join(f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"' for word in found if word != "*")
