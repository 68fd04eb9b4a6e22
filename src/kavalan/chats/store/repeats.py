"""The same file or the same long text in several chats, in the order of time: seen again, which is not passed on.

Who passed something on to whom is said by few sources and never here: the one who is first in what was read may have it
from a chat that nobody has read.
"""

from __future__ import annotations

import heapq
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.store.search import Store

_CONTENTS: Final = (
    "SELECT c.digest, m.time_local = '', coalesce(strftime('%Y-%m-%dT%H:%M:%S', m.time_utc / 1000, 'unixepoch'),"
    " m.time_local), v.id, c.what, c.seq"
    " FROM contents c JOIN message m ON m.seq = c.seq JOIN conversation v ON v.number = m.conversation"
    " ORDER BY 1, 2, 3, 6"
)
_SIGHT: Final = (
    "SELECT m.key, c.title, m.time_local, m.time_utc, m.time_certainty, m.sender_id, m.sender_name, m.media_name,"
    " m.text FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.seq = ?"
)
_DIGEST: Final = itemgetter(0)


class Sight(NamedTuple):
    """A message in which something was seen.

    Attributes:
        what: `file`, whose bytes were read; `file, as stated`, whose digest the source says; `text`.
        key: of the message.
        conversation: the chat's title.
        time_local: of the message; empty where unknown.
        time_utc: milliseconds since 1970; None where no zone is known.
        certainty: of the time.
        sender_id: key of the account.
        sender: as shown.
        media_name: of the file, as named there.
        text: of the message.
    """

    what: str
    key: str
    conversation: str
    time_local: str
    time_utc: int | None
    certainty: str
    sender_id: str
    sender: str
    media_name: str
    text: str


class Repeat(NamedTuple):
    """What was seen more than once.

    Attributes:
        digest: by which it is known: SHA-256 of a file, or 32 digits of the folded text's.
        times: in how many messages.
        chats: in how many chats.
        sights: the messages, the earliest first; those whose time is unknown come last.
    """

    digest: str
    times: int
    chats: int
    sights: list[Sight]


def repeats(stores: Sequence[Store], *, chats: int = 2, most: int = 100) -> Iterator[Repeat]:
    """What was seen in several chats, over any number of stores, in the order of digests.

    Moments are compared where they are known; a time whose zone nobody said is compared as it is written.

    Args:
        stores: of which each is read once, in order.
        chats: in how many at least.
        most: of the messages of one content that are told.
    """
    rows = heapq.merge(*(_contents(number, store) for number, store in enumerate(stores)))
    for digest, group in groupby(rows, _DIGEST):
        times, where = 0, set()
        kept: list[tuple[str, int, int]] = []
        for _, _, _, conversation, what, seq, number in group:
            times += 1
            where.add(conversation)
            if len(kept) < most:
                kept.append((what, seq, number))
        if len(where) >= chats and times > 1:
            sights = [_sight(stores[number], what, seq) for what, seq, number in kept]
            yield Repeat(digest, times, len(where), sights)


def _contents(number: int, store: Store) -> Iterator[tuple[str, int, str, str, str, int, int]]:
    return ((*row, number) for row in store.base.execute(_CONTENTS))


def _sight(store: Store, what: str, seq: int) -> Sight:
    return Sight(what, *store.base.execute(_SIGHT, (seq,)).fetchone())
