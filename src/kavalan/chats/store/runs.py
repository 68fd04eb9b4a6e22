"""What people write between two lines of the messenger, counted while it is kept: roles change only at those lines."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.model import Certainty, Flag, Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from kavalan.chats.model import Message

DOUBTFUL: Final = {Flag.SUSPECT_BOUNDARY.value, Flag.UNMARKED_SYSTEM.value}
"""Of messages that prove nothing about who was there."""
_SYSTEM: Final = Kind.SYSTEM.value
_EXACT: Final = Certainty.EXACT.value
# SQLite keeps a temporary table in a file once it is large: a source may have more runs than memory holds.
_TABLE: Final = """
CREATE TEMP TABLE run (
    first INTEGER NOT NULL, first_time TEXT NOT NULL, last INTEGER NOT NULL, last_time TEXT NOT NULL,
    posts INTEGER NOT NULL, forwarded INTEGER NOT NULL, conversation INTEGER NOT NULL, sender INTEGER NOT NULL
)"""


class Run(NamedTuple):
    """Messages that one account wrote in one chat with no line of the messenger's between.

    Attributes:
        first: the first of them, by its `seq`.
        first_time: its local time.
        last: the last of them.
        last_time: its local time.
        posts: how many they are.
        forwarded: somebody else wrote them first.
        conversation: its number in the store.
        sender: theirs.
    """

    first: int
    first_time: str
    last: int
    last_time: str
    posts: int
    forwarded: int
    conversation: int
    sender: int


class Runs:
    """Counts runs.

    Args:
        base: of the store, in which they are kept until it is finished.
        conversations: their numbers.
        accounts: theirs.

    Attributes:
        goes_back: a message of a chat stands behind a later one, by moments that the source itself states: then its
            order is not that of time, and runs say nothing.
    """

    def __init__(self, base: sqlite3.Connection, conversations: Mapping[str, int], accounts: Mapping[str, int]) -> None:
        self.goes_back = False
        self._moments: dict[str, int] = {}
        self._base = base
        self._conversations = conversations
        self._accounts = accounts
        self._open: defaultdict[str, dict[tuple[str, bool], list[int | str]]] = defaultdict(dict)
        base.execute(_TABLE)

    def take(self, messages: Iterable[Message]) -> None:
        """Count messages, in their order."""
        for message in messages:
            conversation = message.conversation_id
            if message.time_certainty == _EXACT and (moment := message.time_utc) is not None:
                self.goes_back |= moment < self._moments.get(conversation, moment)
                self._moments[conversation] = moment
            if message.kind == _SYSTEM:
                self._keep(conversation)
                continue
            if not message.sender_id or (message.flags and DOUBTFUL & set(message.flags.split())):
                continue
            forwarded = bool(message.forwarded_from or message.forwards or message.origin)
            runs = self._open[conversation]
            run = runs.get((message.sender_id, forwarded))
            if run is None:
                seq, time = message.seq, message.time_local
                runs[message.sender_id, forwarded] = [seq, time, seq, time, 1]
            else:
                run[2], run[3] = message.seq, message.time_local
                run[4] += 1  # type: ignore[operator] # it is the number among them

    def all(self) -> Iterator[Run]:
        """All of them, in the order of their first messages."""
        for conversation in list(self._open):
            self._keep(conversation)
        return map(Run._make, self._base.execute("SELECT * FROM run ORDER BY first"))

    def _keep(self, conversation: str) -> None:
        number = self._conversations[conversation]
        self._base.executemany(
            "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (*run, forwarded, number, self._accounts[sender])
                for (sender, forwarded), run in self._open.pop(conversation, {}).items()
            ),
        )
