"""What telling messages of a telephone's database needs, however old it is: who, where, what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.model import Kind
from kavalan.chats.whatsapp.accounts import NOBODY
from kavalan.chats.whatsapp.android.chats import Chats
from kavalan.chats.whatsapp.android.content import Contents
from kavalan.chats.whatsapp.android.events import Events
from kavalan.chats.whatsapp.android.people import People
from kavalan.chats.whatsapp.telling import Telling
from kavalan.chats.whatsapp.values import whole, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.android.chats import Chat
    from kavalan.chats.whatsapp.opened import Opened

_ADD_ONS: Final = {
    56: "reactions", 67: "votes in polls", 68: "kept in the chat", 74: "edits", 79: "pins", 93: "answers to events",
}  # fmt: skip
_NOT_COPIED: Final = {
    "receipt_user": "receipts of who got and read the telephone's own messages",
    "receipts": "receipts of who got and read the telephone's own messages",
    "group_participants_history": "changes of lists of members, as numbers",
    "message_orphaned_edit": "edits of messages that are not there",
    "message_orphan": "additions to messages that are not there",
    "message_quarantine": "messages in quarantine",
}


class AndroidTelling(Telling):
    """As `Telling`.

    Attributes:
        people: who is who.
        chats: which chat is which.
        members: rows of lists of members that were told.
    """

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self.members = 0
        self.people = People(opened)
        self.chats = Chats(opened, self.people)
        self._opened = opened
        self._contents = Contents(opened.base, self._doubt)
        self._events = Events(opened.base, self.people, opened.tally.doubt)

    def warnings(self) -> Iterator[str]:
        """What the database lacks, and what of it is not copied."""
        own = self.people.own
        yield (
            f"the telephone's own messages are those of {own.phone or own}: the database says so"
            if own is not None
            else "the database does not say whose telephone it is: its own messages are by `You`"
        )
        if self.members:
            yield "lists of members leave out the telephone's own account"
        if told := [f"{count} {what}" for what, count in self._not_copied() if count]:
            yield f"in the database, and not copied: {', '.join(told)}"

    def _not_copied(self) -> Iterator[tuple[str, int]]:
        if self._base.has("message_add_on", "message_add_on_type"):
            asked = "SELECT message_add_on_type, count(*) FROM message_add_on GROUP BY 1 ORDER BY 1 LIMIT 100"
            for of_type, count in self._counted(asked):
                yield _ADD_ONS.get(whole(of_type), f"additions of type {word(of_type)}"), whole(count)
        for table, what in _NOT_COPIED.items():
            if self._base.has(table):
                yield what, sum(whole(row[0]) for row in self._counted(f"SELECT count(*) FROM {table}"))  # noqa: S608 ours

    def _author(self, who: Who, chat: Chat, kind: Kind, *, mine: bool) -> Who:
        """Whose a message is: a system line's is whose the row says, for others do not write them."""
        if mine and (who is NOBODY or kind is not Kind.SYSTEM):
            return self.people.me
        return chat.partner if who is NOBODY and kind is not Kind.SYSTEM else who
