"""Writing a store: in one pass, whole or not at all, and then never again."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.chats.errors import ChatError
from kavalan.chats.membership import Intervals
from kavalan.chats.model import Rostered
from kavalan.chats.reading import Doubt, Reading
from kavalan.chats.store.rows import Numbers, keep_messages, keep_words
from kavalan.chats.store.runs import Runs
from kavalan.chats.store.schema import BY_CONVERSATION, FINISH, TABLES, VERSION
from kavalan.chats.store.steps import Steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from kavalan.chats.model import Batch
    from kavalan.chats.store.source import Media, Source

FILE: Final = "chats.sqlite"
_WORDS_IN_MEMORY: Final = 32 << 20
_MOST_TWICE: Final = 1_000_000
_OF_ITSELF: Final = """
DELETE FROM membership WHERE role IN ('member', 'admin', 'creator') AND EXISTS (
    SELECT 1 FROM conversation c JOIN account a ON a.platform = c.platform AND a.native = c.native
    WHERE c.id = conversation_id AND a.id = account_id AND c.platform = 'telegram' AND a.native NOT LIKE 'user%')
"""
"""A channel posts, and a group's administrator may write, in its own name: it is nobody who is there."""


class Writer:
    """Writes one store; enter it, `add` batches, and `finish`. What is not finished is removed.

    Args:
        folder: of the store; it is made.
        source: what is read.

    Attributes:
        folder: as given.
        source: as given.

    Raises:
        ChatError: there is a store already, or the folder cannot be written.
    """

    def __init__(self, folder: Path, source: Source) -> None:
        self.folder = folder
        self._path = folder / FILE
        if self._path.exists():
            message = f"{self._path} is there already, and a store is never changed: choose another folder"
            raise ChatError(message)
        self._partial = folder / f"{FILE}.partial"
        self.source = source
        self._conversations = Numbers()
        self._accounts = Numbers()
        self._platforms: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Begin.

        Raises:
            ChatError: the folder cannot be written.
        """
        try:
            self._partial.parent.mkdir(parents=True, exist_ok=True)
            self._partial.unlink(missing_ok=True)
        except OSError as error:
            message = f"{self._partial.parent} cannot be written: {error.strerror}"
            raise ChatError(message) from error
        self._base = sqlite3.connect(self._partial, isolation_level=None)
        # Nobody reads it before it is finished, and what is not finished is made again.
        self._base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;" + TABLES)
        # Words are kept in memory until there are some millions: fewer pieces of the index have to be merged.
        self._base.execute("INSERT INTO word (word, rank) VALUES ('hashsize', ?)", (_WORDS_IN_MEMORY,))
        self._base.execute("BEGIN")
        self._runs = Runs(self._base, self._conversations, self._accounts)
        facts = msgspec.to_builtins(self.source)
        facts["pieces"] = msgspec.json.encode(self.source.pieces).decode()
        names = ", ".join(facts)
        self._base.execute(
            f"INSERT INTO source ({names}) VALUES ({', '.join('?' * len(facts))})",  # noqa: S608 our own names
            list(facts.values()),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not finished."""
        self._base.close()
        self._partial.unlink(missing_ok=True)

    def add(self, batch: Batch) -> None:
        """Keep a batch."""
        for told in batch.conversations:
            self._platforms[told.id] = told.platform
            self._base.execute(
                "INSERT INTO conversation (number, id, platform, native, title, kind, note)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, note = excluded.note",
                (self._conversations[told.id], *msgspec.structs.astuple(told)),
            )
        for one in batch.accounts:
            self._base.execute(
                "INSERT OR IGNORE INTO account (number, id, platform, kind, native, name, country)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._accounts[one.id], *msgspec.structs.astuple(one)),
            )
        keep_messages(self._base, batch.messages, self._conversations, self._accounts)
        self._runs.take(batch)
        keep_words(self._base, batch.messages)
        if batch.events or batch.named or batch.rosters or batch.sizes:
            self._add_others(batch)

    def _add_others(self, batch: Batch) -> None:
        self._base.executemany(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (e.seq, e.act, e.actor, e.actor_id, _list(e.targets), _list(e.target_ids), e.value, e.before, e.source)
                for e in batch.events
            ),
        )
        self._base.executemany(
            "INSERT INTO identifier VALUES (?, ?, ?, ?, ?, ?, ?)", map(msgspec.structs.astuple, batch.named)
        )
        self._base.executemany(
            "INSERT INTO roster VALUES (?, ?, ?, ?, ?, ?, ?)", map(msgspec.structs.astuple, batch.rosters)
        )
        self._base.executemany("INSERT INTO size VALUES (?, ?, ?, ?, ?)", map(msgspec.structs.astuple, batch.sizes))

    def media(self, files: Iterable[Media]) -> None:
        """Keep what files came with the export."""
        self._base.executemany("INSERT INTO media VALUES (?, ?, ?, ?)", map(msgspec.structs.astuple, files))

    def named_media(self) -> Iterator[str]:
        """The names of files that messages say are attached."""
        asked = "SELECT DISTINCT media_name FROM message WHERE media_name != '' ORDER BY media_name"
        return (name for (name,) in self._base.execute(asked))

    def unattached(self) -> tuple[int, int]:
        """How many attachments are named and did not come, and how many files came that no message names."""
        missing = (
            "SELECT count(*) FROM message WHERE media_name != '' AND media_note = ''"
            " AND media_name NOT IN (SELECT name FROM media)"
        )
        strays = "SELECT count(*) FROM media WHERE name NOT IN (SELECT media_name FROM message)"
        one, other = (self._base.execute(asked).fetchone()[0] for asked in (missing, strays))
        return int(one), int(other)

    def finish(self, reading: Reading) -> Path:
        """Work out who was there when, and put the store in its place; read-only.

        Returns:
            The file.

        Raises:
            ChatError: the folder cannot be written.
        """
        steps = Steps(self._base, self._conversations, self._accounts, self._platforms)
        self._base.executemany(
            f"INSERT INTO membership VALUES ({', '.join('?' * 17)})",  # noqa: S608 nothing but marks
            map(msgspec.structs.astuple, Intervals().take(steps.all(self._runs), self._rosters())),
        )
        self._base.execute(_OF_ITSELF)
        reading = self._numbered(reading)
        self._base.execute("UPDATE source SET reading = ?", (msgspec.json.encode(reading).decode(),))
        self._base.execute("COMMIT")
        several = BY_CONVERSATION if len(self._conversations) > 1 else ""
        self._base.executescript(f"{FINISH}{several}PRAGMA user_version={VERSION};")
        self._base.close()
        try:
            with self._partial.open("rb") as made:
                os.fsync(made.fileno())
            self._partial.chmod(0o444)
            self._partial.rename(self._path)
        except OSError as error:
            message = f"{self._path} cannot be written: {error.strerror}"
            raise ChatError(message) from error
        return self._path

    def _numbered(self, reading: Reading) -> Reading:
        """Tell messages apart that have one number in the source; the first keeps it."""
        twice = self._base.execute(
            "SELECT seq, place, offset FROM (SELECT seq, offset, row_number() OVER (PARTITION BY native ORDER BY seq)"
            " AS place FROM message WHERE native != '') WHERE place > 1"
        ).fetchmany(_MOST_TWICE)
        self._base.executemany(
            "UPDATE message SET native = native || '#' || ?, flags = trim(flags || ' duplicate') WHERE seq = ?",
            ((place, seq) for seq, place, _ in twice),
        )
        if twice:
            places = [offset for _, _, offset in twice[:20]]
            reading.doubtful.append(Doubt("a number that another message had before it", len(twice), places))
        return reading

    def _rosters(self) -> Iterator[Rostered]:
        return (Rostered(*row) for row in self._base.execute("SELECT * FROM roster ORDER BY rowid"))


def _list(parts: tuple[str, ...]) -> str:
    return json.dumps(parts, ensure_ascii=False) if parts else "[]"
