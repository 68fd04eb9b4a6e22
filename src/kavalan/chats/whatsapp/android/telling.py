"""What telling messages needs, however old the database: who, where, what, and the count of all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.errors import ChatError
from kavalan.chats.model import LONGEST_TEXT, Flag, Kind, Message
from kavalan.chats.whatsapp.accounts import NOBODY
from kavalan.chats.whatsapp.android.chats import Chats
from kavalan.chats.whatsapp.android.content import Content, Contents
from kavalan.chats.whatsapp.android.events import Events
from kavalan.chats.whatsapp.android.people import People
from kavalan.chats.whatsapp.values import whole, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kavalan.chats.database import Row, Value
    from kavalan.chats.model import Event
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.android.chats import Chat
    from kavalan.chats.whatsapp.opened import Opened

_ADD_ONS: Final = {
    56: "reactions", 67: "votes in polls", 68: "kept in the chat", 74: "edits", 79: "pins", 93: "answers to events",
}  # fmt: skip
_NOT_COPIED: Final = {
    "receipt_user": "receipts of who got and read the telephone's own messages",
    "receipts": "receipts of who got and read the telephone's own messages",
    "message_mentions": "mentions, which stand in the texts too",
    "group_participants_history": "changes of lists of members, as numbers",
    "message_orphaned_edit": "edits of messages that are not there",
    "message_orphan": "additions to messages that are not there",
    "message_quarantine": "messages in quarantine",
}
_CUT: Final = f"a text of more than {LONGEST_TEXT:,} characters: the rest stands in the database alone"
_UNTOLD: Final = "a message without a time; places are numbers of rows"
_UNREAD: Final = "a system line whose number nobody reads, or not all the same way; places are numbers of rows"
_QUOTED: Final = "the text of a deleted message stands in a quote of it, and is kept; places are numbers of rows"
_GONE: Final = "a message that is not in the database stands in a quote, and is kept; places are numbers of rows"


class Telling:
    """Tells messages and counts them.

    Args:
        opened: `msgstore.db`, and `wa.db` where it came.

    Attributes:
        count: messages so far.
        system: system lines among them.
        doubtful: messages with something doubtful.
        members: rows of lists of members.
    """

    def __init__(self, opened: Opened) -> None:
        self.count = self.system = self.doubtful = self.members = 0
        self.people = People(opened)
        self.chats = Chats(opened, self.people)
        self._opened = opened
        self._base = opened.base
        self._outlet = opened.outlet
        self._moments = opened.moments
        self._tally = opened.tally
        self._contents = Contents(opened.base, self._doubt)
        self._events = Events(opened.base, self.people, opened.tally.doubt)
        self._recovered: set[str] = set()
        self._row_doubtful = False

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

    def _counted(self, asked: str) -> list[Row]:
        try:
            return list(self._base.rows(asked))
        except ChatError as error:
            self._tally.doubt(f"what is not copied could not be counted: {error}", 0)
            return []

    def _doubt(self, reason: str, place: int) -> None:
        """Note something doubtful about the message that is being told."""
        self._tally.doubt(reason, place)
        self._row_doubtful = True

    def _author(self, who: Who, chat: Chat, kind: Kind, *, mine: bool) -> Who:
        """Whose a message is: a system line's is whose the row says, for others do not write them."""
        if mine and (who is NOBODY or kind is not Kind.SYSTEM):
            return self.people.me
        return chat.partner if who is NOBODY and kind is not Kind.SYSTEM else who

    def _said(self, number: int, events: Iterable[Event]) -> None:
        """Tell what the system line that comes next says."""
        for event in events:
            if event.act == "other":
                self._doubt(_UNREAD, number)
            self._outlet.event(event)
        self.system += 1

    def _deleted(self, number: int, text: str) -> tuple[str, str]:
        """The text of a deleted message as a quote keeps it, and its flag."""
        if not text:
            return "", ""
        self._doubt(_QUOTED, number)
        return text, Flag.RECOVERED.value

    def _tell(
        self,
        number: int,
        place: tuple[Chat, str],
        author: Who,
        at: Value,
        content: Content,
        *,
        reply: str = "",
        origin: tuple[str, str] = ("", ""),
        edited: bool = False,
        forwards: Value = 0,
        flags: str = "",
    ) -> None:
        """Tell a message.

        Args:
            number: of its row.
            place: its chat, and its own number in the source.
            author: who wrote it.
            at: its moment.
            content: what it is.
            reply: number of the message it answers.
            origin: from where it was sent on, and the number that it had there.
            edited: it was changed.
            forwards: how often it was sent on.
            flags: of it.
        """
        local, utc, certainty = self._moments.of(at)
        if not local:
            self._doubt(_UNTOLD, number)
        if len(content.text) > LONGEST_TEXT:
            self._doubt(_CUT, number)
        message = Message(
            self.count, 0, 0, place[1], place[0].id, author.id, author.name, content.kind.value, content.text, local,
            utc, certainty, "" if local else word(at), reply, origin[0], content.media_name, content.media_note, edited,
            flags, max(0, whole(forwards)), origin[1], content.media_sha256,
        )  # fmt: skip
        self._outlet.message(message)
        self.count += 1
        self.doubtful += self._row_doubtful
        self._row_doubtful = False

    def _recover(self, number: int, place: tuple[Chat, str], author: Who, at: Value, text: str) -> None:
        """A message that is there only as what another quotes; once, however often it is quoted."""
        native = place[1]
        if native not in self._recovered:
            self._recovered.add(native)
            self._doubt(_GONE, number)
            content = Content(Kind.TEXT if text else Kind.WITHHELD, text)
            self._tell(number, place, author, at, content, flags=Flag.RECOVERED.value)
