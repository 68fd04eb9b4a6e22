"""What everybody did, from what was kept, in the order in which it was done: of it memberships are worked out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kavalan.chats.membership import Step
from kavalan.chats.model import Act, Kind
from kavalan.chats.names import account
from kavalan.chats.store.runs import DOUBTFUL

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from typing import TypeAlias

    from kavalan.chats.store.runs import Runs

    Event: TypeAlias = tuple[int, str, int, str, str, str, str, str, str]

_EVENTS: Final = (
    "SELECT e.seq, m.time_local, m.conversation, m.flags, e.act, e.actor_id, e.target_ids, e.before, e.value"
    " FROM event e JOIN message m ON m.seq = e.seq WHERE m.kind = 'system'"
)
_LINES: Final = (
    "SELECT seq, time_local, conversation, sender, kind, flags, forwards OR forwarded_from != '' OR origin != ''"
    " FROM message m WHERE sender IS NOT NULL OR kind = 'system'"
)
_BY_SOURCE: Final = "m.seq"
_BY_TIME: Final = "m.conversation, m.time_utc, m.seq"


class Steps:
    """Reads what a writer has kept.

    Args:
        base: of the store.
        conversations: their numbers.
        accounts: theirs.
        platforms: of each conversation.
    """

    def __init__(
        self,
        base: sqlite3.Connection,
        conversations: Mapping[str, int],
        accounts: Mapping[str, int],
        platforms: Mapping[str, str],
    ) -> None:
        self._base = base
        self._conversations, self._accounts = (["", *held] for held in (conversations, accounts))
        self._platforms = platforms

    def all(self, runs: Runs) -> Iterator[Step]:
        """Everything, in the order of the source, or of time where it states moments and is not in their order.

        Doubtful lines prove nothing and are left out.

        Args:
            runs: what people wrote, in the order of the source.
        """
        return self._in_runs(runs) if runs.whole else self._one_by_one(_BY_TIME if runs.goes_back else _BY_SOURCE)

    def _in_runs(self, runs: Runs) -> Iterator[Step]:
        events = self._events(_BY_SOURCE)
        event = next(events, None)
        for run in runs.all():
            while event is not None and event[0] < run.first:
                yield from self._told(event)
                event = next(events, None)
            yield Step(
                run.first, run.first_time, self._conversations[run.conversation], "", self._accounts[run.sender],
                forwarded=bool(run.forwarded), posts=run.posts, last_seq=run.last, last_time=run.last_time,
            )  # fmt: skip
        while event is not None:
            yield from self._told(event)
            event = next(events, None)

    def _one_by_one(self, order: str) -> Iterator[Step]:
        events = self._events(order)
        event = next(events, None)
        lines = self._base.execute(f"{_LINES} ORDER BY {order}")
        for seq, time, number, sender, kind, flags, forwarded in lines:
            if kind != Kind.SYSTEM:
                if not DOUBTFUL & set(flags.split()):
                    conversation, who = self._conversations[number], self._accounts[sender]
                    yield Step(seq, time, conversation, "", who, forwarded=bool(forwarded))
                continue
            while event is not None and event[0] == seq:
                yield from self._told(event)
                event = next(events, None)

    def _events(self, order: str) -> Iterator[Event]:
        return self._base.execute(f"{_EVENTS} ORDER BY {order}, e.rowid")

    def _told(self, event: Event) -> Iterator[Step]:
        """What a line says; where a number changed, the new one is the target."""
        seq, time, number, flags, act, actor, targets, before, value = event
        if DOUBTFUL & set(flags.split()):
            return
        conversation = self._conversations[number]
        if act == Act.NUMBER_CHANGED and before and value:
            platform = self._platforms[conversation]
            new, old = (account(platform, one, conversation).id for one in (value, before))
            yield Step(seq, time, conversation, act, "", (new,), old)
        else:
            yield Step(seq, time, conversation, act, actor, tuple(json.loads(targets)))
