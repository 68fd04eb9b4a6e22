"""Messages of a database as it was until about 2022: one table `messages` with addresses and files in it.

The tables beside it came one after another, long before `message` took its place, and go by the same numbers. Whom a
line of WhatsApp's own names stood in a Java object before (`thumb_image`); addresses and paths are found in its bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.loose import inside
from kavalan.chats.model import LONGEST_TEXT, Kind, Rostered
from kavalan.chats.whatsapp.accounts import NOBODY
from kavalan.chats.whatsapp.android.actions import action
from kavalan.chats.whatsapp.android.quotes import held_against
from kavalan.chats.whatsapp.android.telling import AndroidTelling
from kavalan.chats.whatsapp.content import Content
from kavalan.chats.whatsapp.values import sha256_of, whole, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.database import Value
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.android.chats import Chat
    from kavalan.chats.whatsapp.opened import Opened

_WANTED: Final = (
    "key_remote_jid", "key_from_me", "key_id", "status", "data", "timestamp", "media_wa_type", "media_name",
    "media_caption", "media_hash", "media_size", "remote_resource", "forwarded", "quoted_row_id", "latitude",
    "longitude", "thumb_image", "edit_version",
)  # fmt: skip
_QUOTED: Final = ("key_remote_jid", "key_from_me", "key_id", "remote_resource", "timestamp", "data")
_JOINED: Final = (
    "FROM messages_quotes q LEFT JOIN messages m ON m.key_remote_jid = q.key_remote_jid"
    " AND m.key_from_me = q.key_from_me AND m.key_id = q.key_id WHERE"
)
_KEPT: Final = f"SELECT m._id, q._id {_JOINED} coalesce(q.data, '') != '' AND m.media_wa_type = '15' LIMIT ?"
_LOST: Final = f"SELECT q._id, 0 {_JOINED} m._id IS NULL LIMIT ?"
_SYSTEM: Final = 6
"""Of `status`: the messenger wrote the line, and `media_size` is the number of what was done."""
_NO_CHAT: Final = "-1"
"""Of the row that WhatsApp makes with the table; it is no message."""
_ROLES: Final = {0: "member", 1: "admin", 2: "creator"}
_ADDRESS: Final = re.compile(rb"\d{5,20}@(?:s\.whatsapp\.net|lid)")
_TEXT: Final = re.compile(rb"t([\0-\3].)", re.DOTALL)
"""How a text of Java's begins: its length in bytes follows."""
_MEDIA: Final = b"Media/"
_MOST_NAMED: Final = 1024
_OBJECT: Final = 1 << 20


class OldMessages(AndroidTelling):
    """Tells the messages, and all that is told with them. As `Telling`."""

    FORM: Final = "WhatsApp, database of Android until 2022"

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        base, tell = opened.base, opened.tally.doubt
        self._forwards = base.beside("message_forwarded", "message_row_id", ("forward_score",), tell)
        self._quotes = base.lookup("messages_quotes", "_id", _QUOTED, tell)
        there = base.has("messages_quotes", "_id", *_QUOTED)
        self._kept = held_against(base, _KEPT, tell) if there else {}
        self._lost = held_against(base, _LOST, tell) if there else {}

    def read(self) -> Iterator[None]:
        """Tell everything, a little at each step."""
        for _, address, subject in self._base.walk("chat_list", ("key_remote_jid", "subject"), self._tally.doubt):
            self.chats.of_text(word(address), word(subject))
            yield
        for row in self._base.walk("messages", _WANTED, self._tally.unreadable):
            if row[1] != _NO_CHAT:
                self._take(whole(row[0]), dict(zip(_WANTED, row[1:], strict=True)))
            yield
        yield from self._roster()

    def _take(self, number: int, row: dict[str, Value]) -> None:
        native = word(row["key_remote_jid"])
        chat, mine = self.chats.of_text(native), bool(row["key_from_me"])
        system = row["status"] == _SYSTEM
        content = (
            self._content(number, row, mine=mine)
            if not system
            else Content(Kind.SYSTEM, word(row["data"], LONGEST_TEXT))
        )
        reply = self._answered(number, chat, whole(row["quoted_row_id"]))
        by = self.people.of_text(word(row["remote_resource"]))
        author = self._author(by, chat, content.kind, mine=mine)
        flags = ""
        if system:
            content = self._system(number, row, author, content)
        elif content.kind is Kind.DELETED:
            quote = self._quotes.of(self._kept[number]) if number in self._kept else None
            text, flags = self._deleted(number, "" if quote is None else word(quote[-1], LONGEST_TEXT))
            content = Content(Kind.DELETED, text)
        forwarded = self._forwards.first(number)
        self._tell(
            number,
            (chat.id, f"{native}/{word(row['key_id']) or f'_id {number}'}"),
            author,
            row["timestamp"],
            content,
            reply=reply,
            edited=whole(row["edit_version"]) == 1,
            forwards=row["forwarded"] if forwarded is None else forwarded[1],
            flags=flags,
        )

    def _content(self, number: int, row: dict[str, Value], *, mine: bool) -> Content:
        found = self._contents.of(number, _whole_of(row["media_wa_type"]), row["data"], mine=mine)
        if found.kind is Kind.LOCATION and not found.text:
            place = (row["latitude"], row["longitude"], row["media_name"])
            return found._replace(text=", ".join(filter(None, map(word, place))))
        if found.kind is not Kind.MEDIA:
            return found
        name = found.media_name or inside(_path_in(_object(row)))
        return found._replace(
            text=found.text or word(row["media_caption"], LONGEST_TEXT),
            media_name=word(name) or word(row["media_name"]),
            media_sha256=found.media_sha256 or sha256_of(row["media_hash"]),
        )

    def _system(self, number: int, row: dict[str, Value], actor: Who, content: Content) -> Content:
        raw = row["media_size"]
        line, events = self._events.of(number, self.count, actor, content.text)
        if not line:
            line = f"media_size {word(raw)}"
            read = action(whole(raw))
            source = f"whatsapp/android/status 6, {line}" + (f" ({read.by})" if read.by else "")
            named = _ADDRESS.findall(_object(row))[:_MOST_NAMED]
            whom = [self.people.of_text(one.decode()) for one in named]
            events = self._events.made(self.count, actor, whom, content.text, read, source)
        self._said(number, events)
        return content._replace(text=content.text or line)

    def _answered(self, number: int, chat: Chat, quoted: int) -> str:
        row = self._quotes.of(quoted) if quoted > 0 else None
        if row is None:
            return ""
        address, mine, key, by, at, text = row[1:]
        within = self.chats.of_text(word(address)) if address else chat
        native = f"{within.native}/{word(key)}"
        if quoted in self._lost:
            author = self._author(self.people.of_text(word(by)), within, Kind.TEXT, mine=bool(mine))
            self._recover(number, (within.id, native), author, at, word(text, LONGEST_TEXT))
        return native

    def _roster(self) -> Iterator[None]:
        wanted = ("gjid", "jid", "admin", "pending")
        for number, group, user, admin, pending in self._base.walk("group_participants", wanted, self._tally.doubt):
            # The telephone's own account has no address there.
            who = self.people.of_text(word(user)) if user else self.people.me
            if pending or who is NOBODY:
                reason = "a member of a group who is pending, or of whom nothing is known; places are numbers of rows"
                self._tally.doubt(reason, whole(number))
                continue
            role = _ROLES.get(whole(admin), "member")
            source = f"msgstore group_participants, admin {word(admin)}"
            self._outlet.rostered(Rostered(self.chats.of_text(word(group)).id, who.id, role, source))
            yield


def _object(row: dict[str, Value]) -> bytes:
    held = row["thumb_image"]
    return held[:_OBJECT] if isinstance(held, bytes) else b""


def _path_in(held: bytes) -> str:
    """The path of a file in WhatsApp's folder, as a Java object names it; empty for none."""
    for found in _TEXT.finditer(held):
        text = held[found.end() : found.end() + int.from_bytes(found[1])]
        if _MEDIA in text:
            return text[text.index(_MEDIA) :].decode("utf-8", "surrogateescape")
    return ""


def _whole_of(value: Value) -> Value:
    """A number that the column keeps as a text."""
    return int(value) if isinstance(value, str) and value.isdecimal() and len(value) < 10 else value
