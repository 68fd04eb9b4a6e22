"""Messages of a database as it has been since 2022: a table `message`, and others beside it by its rows' numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.model import Kind
from kavalan.chats.telegram.texts import Link
from kavalan.chats.whatsapp.accounts import NOBODY
from kavalan.chats.whatsapp.android.content import call_line
from kavalan.chats.whatsapp.android.quotes import Quotes
from kavalan.chats.whatsapp.android.roster import tell_roster
from kavalan.chats.whatsapp.android.telling import AndroidTelling
from kavalan.chats.whatsapp.content import Content
from kavalan.chats.whatsapp.values import whole, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.database import Value
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.android.chats import Chat
    from kavalan.chats.whatsapp.android.quotes import Quote
    from kavalan.chats.whatsapp.opened import Opened

_WANTED: Final = (
    "chat_row_id", "from_me", "key_id", "sender_jid_row_id", "timestamp", "message_type", "text_data",
)  # fmt: skip
_CALL: Final = (
    "jid_row_id", "from_me", "call_id", "timestamp", "video_call", "duration", "call_result", "group_jid_row_id",
)  # fmt: skip
_LINES: Final = {36: "message_type 36", 112: "message_type 112"}
"""Types that are the messenger's own lines without a number of an action."""
_NO_CHAT: Final = -1
"""Of the row that WhatsApp makes with the table; it is no message."""


class Messages(AndroidTelling):
    """Tells the messages, and all that is told with them. As `Telling`."""

    FORM: Final = "WhatsApp, database of Android"

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        base, tell = opened.base, opened.tally.doubt
        key = "message_row_id"
        self._quotes = Quotes(base, tell)
        self._forwards = base.beside("message_forwarded", key, ("forward_score",), tell)
        self._edits = base.beside("message_edit_info", key, (), tell)
        self._revoked = base.beside("message_revoked", key, ("admin_jid_row_id",), tell)
        columns = ("newsletter_jid_row_id", "newsletter_server_message_id", "newsletter_name")
        self._origins = base.beside("forwarded_newsletter_message_info", key, columns, tell)
        self._numbers = base.beside("newsletter_message", key, ("server_message_id",), tell)
        self._mentions = base.beside("message_mentions", key, ("jid_row_id",), tell)
        self._linked = base.beside("message_call_log", "call_log_row_id", (), tell)

    def read(self) -> Iterator[None]:
        """Tell everything, a little at each step."""
        for row in self._base.walk("chat", (), self._tally.doubt):
            self.chats.of(whole(row[0]))
            yield
        for row in self._base.walk("message", _WANTED, self._tally.unreadable, order=("sort_id",)):
            self._take(*row)
            yield
        for row in self._base.walk("call_log", _CALL, self._tally.unreadable):
            self._call(*row)
            yield
        for _ in tell_roster(self._opened, self.people, self.chats):
            self.members += 1
            yield

    def _take(  # noqa: PLR0917 a row of the table
        self, row: Value, in_chat: Value, mine: Value, key: Value, by: Value, at: Value, of_type: Value, written: Value
    ) -> None:
        if in_chat == _NO_CHAT:
            return
        number, chat = whole(row), self.chats.of(whole(in_chat))
        content = self._contents.of(number, of_type, written, mine=bool(mine))
        quote = self._quotes.of(number)
        answered = "" if quote is None else self._answered(number, chat, quote)
        author = self._author(self.people.of(whole(by)), chat, content.kind, mine=bool(mine))
        flags = ""
        if content.kind is Kind.SYSTEM:
            content = self._system(number, of_type, author, content)
        elif content.kind is Kind.DELETED:
            content, flags = self._of_deleted(number)
        forwarded = self._forwards.first(number)
        self._tell(
            number,
            (chat.id, self._native(number, chat, key)),
            author,
            at,
            content,
            reply=answered,
            origin=self._origin(number),
            edited=self._edits.first(number) is not None,
            forwards=0 if forwarded is None else forwarded[1],
            flags=flags,
        )
        self._mentioned(number, content.text)

    def _mentioned(self, number: int, text: str) -> None:
        """Whom a text calls by `@` and a number: the telephone, where the number hides it."""
        for _, row in self._mentions.of(number):
            jid, called = self.people.jid(whole(row)), f"@{self.people.written(whole(row))}"
            start = text.find(called) if len(called) > 1 and jid is not None and jid.phone else -1
            if start >= 0 and jid is not None:
                self._outlet.link(self.count - 1, Link(start, start + len(called), jid.phone))

    def _answered(self, number: int, chat: Chat, quote: Quote) -> str:
        """The number of the message that is answered; told before, where it is there only as the quote."""
        within = self.chats.of(quote.chat) if quote.chat > 0 else chat
        native = f"{within.native}/{quote.key}"
        if quote.lost:
            author = self._author(self.people.of(quote.sender), within, Kind.TEXT, mine=quote.mine)
            self._recover(number, (within.id, native), author, quote.at, quote.text)
        return native

    def _native(self, number: int, chat: Chat, key: Value) -> str:
        """The message's number: in a channel that of the channel, else the key that all telephones share."""
        if chat.kind == "channel" and (row := self._numbers.first(number)) is not None:
            return f"{chat.native}/{whole(row[1])}"
        return f"{chat.native}/{word(key) or f'_id {number}'}"

    def _system(self, number: int, of_type: Value, actor: Who, content: Content) -> Content:
        line, events = self._events.of(number, self.count, actor, content.text)
        self._said(number, events)
        line = line or _LINES.get(whole(of_type), "a system line without a number")
        return content._replace(text=content.text or line)

    def _of_deleted(self, number: int) -> tuple[Content, str]:
        text, flags = self._deleted(number, self._quotes.of_deleted(number))
        by = self._revoked.first(number)
        note = ""
        if by is not None and whole(by[1]) > 0:
            note = f"deleted by the administrator {self.people.of(whole(by[1])).name}"
        return Content(Kind.DELETED, text, media_note=note), flags

    def _origin(self, number: int) -> tuple[str, str]:
        """Of a message sent on from a channel: the channel, and the message's number there."""
        row = self._origins.first(number)
        if row is None:
            return "", ""
        jid = self.people.jid(whole(row[1]))
        name = word(row[3])
        return (f"{name} ({jid})".strip(), f"{jid}/{whole(row[2])}") if jid is not None else (name, "")

    def _call(  # noqa: PLR0917 a row of the table
        self,
        row: Value,
        whom: Value,
        mine: Value,
        key: Value,
        at: Value,
        video: Value,
        duration: Value,
        result: Value,
        group: Value,
    ) -> None:
        """A call of the telephone's list; those that have a message are told with it."""
        number = whole(row)
        if self._linked.first(number) is not None:
            return
        chat = self.chats.of_jid(whole(group) or whole(whom))
        who = self.people.me if mine else self.people.of(whole(whom)) if chat.kind == "direct" else NOBODY
        content = Content(Kind.CALL, call_line(video, duration, result))
        self._tell(number, (chat.id, f"{chat.native}/call {word(key) or number}"), who, at, content)
