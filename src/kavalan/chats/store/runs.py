"""What people write between two lines that name them, counted while it is kept: roles change only at such lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.model import Act, Certainty, Flag, Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from kavalan.chats.model import Batch, Event, Message

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
    """Messages that one account wrote in one chat with no line between that names it.

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


@dataclass(slots=True)
class _Open:
    first: int
    first_time: str
    last: int
    last_time: str
    posts: int = 1


class Runs:
    """Counts runs.

    Args:
        base: of the store, in which they are kept until it is finished.
        conversations: their numbers.
        accounts: theirs.

    Attributes:
        whole: they say all. They do not where the source goes back, or what a line says is told behind messages that
            follow it.
        goes_back: a message of a chat stands behind a later one, by moments that the source itself states.
    """

    def __init__(self, base: sqlite3.Connection, conversations: Mapping[str, int], accounts: Mapping[str, int]) -> None:
        self.whole, self.goes_back = True, False
        self._base = base
        self._conversations = conversations
        self._accounts = accounts
        self._seen = -1
        self._moments: dict[str, int] = {}
        self._lines: dict[int, list[Event]] = {}
        # By chat and account: what was sent on apart from what they wrote themselves.
        self._own: defaultdict[str, dict[str, _Open]] = defaultdict(dict)
        self._sent_on: defaultdict[str, dict[str, _Open]] = defaultdict(dict)
        base.execute(_TABLE)

    def take(self, batch: Batch) -> None:
        """Count a batch's messages, in their order."""
        for event in batch.events:
            self.whole &= event.seq > self._seen
            self._lines.setdefault(event.seq, []).append(event)
        for message in batch.messages:
            if message.time_certainty == _EXACT:
                self._notice(message)
            sender, flags = message.sender_id, message.flags
            if message.kind == _SYSTEM:
                for event in self._lines.pop(message.seq, ()):
                    self._part(message.conversation_id, event)
            elif sender and not (flags and DOUBTFUL & set(flags.split())):
                sent_on = message.forwarded_from or message.forwards or message.origin
                runs = (self._sent_on if sent_on else self._own)[message.conversation_id]
                run = runs.get(sender)
                if run is None:
                    runs[sender] = _Open(message.seq, message.time_local, message.seq, message.time_local)
                else:
                    run.last, run.last_time = message.seq, message.time_local
                    run.posts += 1
        if batch.messages:
            self._seen = batch.messages[-1].seq
            self._lines = {seq: said for seq, said in self._lines.items() if seq > self._seen}

    def all(self) -> Iterator[Run]:
        """All of them, in the order of their first messages."""
        for sent_on, held in enumerate((self._own, self._sent_on)):
            for conversation, runs in held.items():
                self._keep(conversation, runs, sent_on)
        return map(Run._make, self._base.execute("SELECT * FROM run ORDER BY first"))

    def _notice(self, message: Message) -> None:
        """Whether it stands behind a later one."""
        moment = message.time_utc
        if moment is not None:
            if moment < self._moments.get(message.conversation_id, moment):
                self.whole, self.goes_back = False, True
            self._moments[message.conversation_id] = moment

    def _part(self, conversation: str, event: Event) -> None:
        """End the runs of those whom a line names; a number that changes is somebody whom it does not name by key."""
        for sent_on, held in enumerate((self._own, self._sent_on)):
            runs = held.get(conversation, {})
            named = list(runs) if event.act == Act.NUMBER_CHANGED else (event.actor_id, *event.target_ids)
            ended = {who: runs.pop(who) for who in dict.fromkeys(named) if who in runs}
            if ended:
                self._keep(conversation, ended, sent_on)

    def _keep(self, conversation: str, runs: Mapping[str, _Open], sent_on: int) -> None:
        number = self._conversations[conversation]
        self._base.executemany(
            "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ((*astuple(run), sent_on, number, self._accounts[sender]) for sender, run in runs.items()),
        )
