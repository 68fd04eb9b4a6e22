"""Writing a store: in one pass, whole or not at all, and then never again."""

from __future__ import annotations

import json
import os
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.chats.errors import ChatError
from kavalan.chats.membership import Intervals, Step
from kavalan.chats.model import Act, Flag, Kind, Rostered
from kavalan.chats.names import account
from kavalan.chats.reading import Doubt, Reading
from kavalan.chats.store.schema import FINISH, TABLES, VERSION
from kavalan.identifiers import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from kavalan.chats.model import Batch, Message
    from kavalan.chats.store.source import Media, Source

FILE: Final = "chats.sqlite"
_DOUBTFUL: Final = {Flag.SUSPECT_BOUNDARY.value, Flag.UNMARKED_SYSTEM.value}
_MESSAGE: Final = f"INSERT INTO message VALUES ({', '.join('?' * 22)})"  # noqa: S608 nothing but marks
_EVENTS: Final = (
    "SELECT e.seq, act, actor_id, target_ids, before, value FROM event e JOIN message m ON m.seq = e.seq"
    " WHERE m.kind = 'system'"
)
_LINES: Final = (
    "SELECT seq, time_local, conversation, sender, kind, flags, forwards OR forwarded_from != '' OR origin != ''"
    " FROM message m WHERE sender IS NOT NULL OR kind = 'system'"
)
_WORDS_IN_MEMORY: Final = 32 << 20
_MOST_TWICE: Final = 1_000_000
_LONGEST_INDEXED: Final = 1 << 20
"""Characters of one text in which words are indexed."""


class Writer:
    """Writes one store; enter it, `add` batches, and `finish`. What is not finished is removed.

    Args:
        folder: of the store; it is made.
        source: what is read.

    Raises:
        ChatError: there is a store already, or the folder cannot be written.
    """

    def __init__(self, folder: Path, source: Source) -> None:
        self._path = folder / FILE
        if self._path.exists():
            message = f"{self._path} is there already, and a store is never changed: choose another folder"
            raise ChatError(message)
        self._partial = folder / f"{FILE}.partial"
        self._source = source
        self._conversations: dict[str, int] = {}
        self._accounts: dict[str, int] = {}
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
        facts = msgspec.to_builtins(self._source)
        facts["pieces"] = msgspec.json.encode(self._source.pieces).decode()
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
                (self._conversation(told.id), *msgspec.structs.astuple(told)),
            )
        for one in batch.accounts:
            self._base.execute(
                "INSERT OR IGNORE INTO account (number, id, platform, kind, native, name, country)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (self._account(one.id), *msgspec.structs.astuple(one)),
            )
        self._base.executemany(_MESSAGE, map(self._row, batch.messages))
        self._base.executemany("INSERT INTO word (rowid, text) VALUES (?, ?)", _words(batch.messages))
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
        self._base.executemany(
            f"INSERT INTO membership VALUES ({', '.join('?' * 17)})",  # noqa: S608 nothing but marks
            map(msgspec.structs.astuple, Intervals().take(self._steps(), self._rosters())),
        )
        reading = self._numbered(reading)
        self._base.execute("UPDATE source SET reading = ?", (msgspec.json.encode(reading).decode(),))
        self._base.execute("COMMIT")
        self._base.executescript(FINISH + f"PRAGMA user_version={VERSION};")
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

    def _conversation(self, key: str) -> int:
        return self._conversations.setdefault(key, len(self._conversations) + 1)

    def _account(self, key: str) -> int:
        return self._accounts.setdefault(key, len(self._accounts) + 1)

    def _row(self, m: Message) -> tuple[object, ...]:
        sender = self._account(m.sender_id) if m.sender_id else None
        return (
            m.seq, m.offset, m.length, m.native, self._conversation(m.conversation_id), sender, m.sender_name, m.kind,
            m.text, m.time_local, m.time_utc, m.time_certainty, m.time_text, m.reply_to, m.forwarded_from, m.media_name,
            m.media_note, m.edited, m.flags, m.forwards, m.origin, m.media_sha256,
        )  # fmt: skip

    def _rosters(self) -> Iterator[Rostered]:
        return (Rostered(*row) for row in self._base.execute("SELECT * FROM roster ORDER BY rowid"))

    def _steps(self) -> Iterator[Step]:
        """What everybody did, in the order of time where moments are stated, else of the source; no doubtful lines."""
        conversations, accounts = (["", *held] for held in (self._conversations, self._accounts))
        order = "m.conversation, m.time_utc, m.seq" if self._goes_back() else "m.seq"
        events = self._base.execute(f"{_EVENTS} ORDER BY {order}, e.rowid")
        messages = self._base.execute(f"{_LINES} ORDER BY {order}")
        event = next(events, None)
        for seq, time, number, sender, kind, flags, forwarded in messages:
            conversation = conversations[number]
            told = not (flags and _DOUBTFUL & set(flags.split()))
            if kind != Kind.SYSTEM:
                if told:
                    yield Step(seq, time, conversation, "", accounts[sender], forwarded=bool(forwarded))
                continue
            while event is not None and event[0] == seq:
                if told:
                    yield self._step((seq, time, conversation), *event[1:])
                event = next(events, None)

    def _goes_back(self) -> bool:
        """Whether messages of a chat stand before earlier ones, by moments that the source itself states."""
        asked = (
            "SELECT 1 FROM (SELECT time_utc, lag(time_utc) OVER (PARTITION BY conversation ORDER BY seq) AS before"
            " FROM message WHERE time_certainty = 'exact') WHERE time_utc < before LIMIT 1"
        )
        return self._base.execute(asked).fetchone() is not None

    def _step(  # noqa: PLR0917 a row of the table
        self, at: tuple[int, str, str], act: str, actor: str, targets: str, before: str, value: str
    ) -> Step:
        """A step of an event; where a number changed, the new one is the target."""
        if act == Act.NUMBER_CHANGED and before and value:
            new, old = (account(self._platforms[at[2]], one, at[2]).id for one in (value, before))
            return Step(*at, act, "", (new,), old)
        return Step(*at, act, actor, tuple(json.loads(targets)))


def _words(messages: list[Message]) -> Iterator[tuple[int, str]]:
    for message in messages:
        if text := message.text[:_LONGEST_INDEXED]:
            yield message.seq, text if text.isascii() else " ".join(map(_folded, text.split(" ")))


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    """People use the same words again and again, and folding is what an index of Malayalam costs."""
    return fold(word)


def _list(parts: tuple[str, ...]) -> str:
    return json.dumps(parts, ensure_ascii=False) if parts else "[]"
