"""What messages quote. A quote keeps the text of the message it answers, though that be deleted since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.errors import ChatError
from kavalan.chats.model import LONGEST_TEXT
from kavalan.chats.whatsapp.android.content import DELETED
from kavalan.chats.whatsapp.values import whole, word

if TYPE_CHECKING:
    from kavalan.chats.database import Database, Value
    from kavalan.chats.database.rows import Unreadable

_COLUMNS: Final = (
    "key_id", "parent_message_chat_row_id", "from_me", "sender_jid_row_id", "timestamp", "text_data",
)  # fmt: skip
_JOINED: Final = (
    "FROM message_quoted q LEFT JOIN message m ON m.chat_row_id = q.parent_message_chat_row_id"
    " AND m.from_me = q.from_me AND m.key_id = q.key_id WHERE"
)
_KEPT: Final = (
    f"SELECT m._id, q.message_row_id {_JOINED} coalesce(q.text_data, '') != '' AND m.message_type IN {DELETED} LIMIT ?"
)
_LOST: Final = f"SELECT q.message_row_id, 0 {_JOINED} m._id IS NULL LIMIT ?"
MOST_QUOTES: Final = 500_000
"""Quotes of what is deleted or not there that are looked at; that there are more is told."""


class Quote(NamedTuple):
    """What a message answers.

    Attributes:
        key: of the message answered.
        chat: number of the row of its chat.
        mine: it was sent from this telephone.
        sender: number of the row of its author's address; 0 for none.
        at: its moment.
        text: of it; empty where it had none.
        lost: the message itself is not in the database.
    """

    key: str
    chat: int
    mine: bool
    sender: int
    at: Value
    text: str
    lost: bool


class Quotes:
    """Quotes by the number of the message that quotes.

    Args:
        base: `msgstore.db`.
        tell: is told what cannot be read.
    """

    def __init__(self, base: Database, tell: Unreadable) -> None:
        self._rows = base.beside("message_quoted", "message_row_id", _COLUMNS, tell)
        self._texts = base.lookup("message_quoted", "message_row_id", ("text_data",), tell)
        self._kept: dict[int, int] = {}
        self._lost: dict[int, int] = {}
        if base.has("message_quoted", *_COLUMNS) and base.has("message", "chat_row_id", "from_me", "key_id"):
            self._kept = held_against(base, _KEPT, tell)
            self._lost = held_against(base, _LOST, tell)

    def of(self, number: int) -> Quote | None:
        """What a message quotes; None for nothing."""
        row = self._rows.first(number)
        if row is None:
            return None
        key, chat, mine, sender, at, text = row[1:]
        lost = number in self._lost
        text = word(text, LONGEST_TEXT) if lost else ""
        return Quote(word(key), whole(chat), bool(mine), whole(sender), at, text, lost)

    def of_deleted(self, number: int) -> str:
        """The text that a deleted message had, from a quote of it; empty where nobody quoted it."""
        row = self._texts.of(self._kept[number]) if number in self._kept else None
        return "" if row is None else word(row[1], LONGEST_TEXT)


def held_against(base: Database, asked: str, tell: Unreadable) -> dict[int, int]:
    """What a question of two columns of numbers answers, that holds quotes against messages."""
    try:
        found = {whole(one): whole(other) for one, other in base.rows(asked, (MOST_QUOTES,))}
    except ChatError as error:
        tell(f"quotes could not be held against messages: {error}", 0)
        return {}
    if len(found) == MOST_QUOTES:
        tell(f"{MOST_QUOTES} quotes of messages that are deleted or not there: more are not looked at", 0)
    return found
