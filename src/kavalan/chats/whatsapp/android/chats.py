"""The chats of a database, told once and all, those without messages too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.keys import conversation_key
from kavalan.chats.model import Conversation, Size
from kavalan.chats.whatsapp.accounts import NOBODY, Who
from kavalan.chats.whatsapp.jid import Jid
from kavalan.chats.whatsapp.values import whole, word

if TYPE_CHECKING:
    from kavalan.chats.database import Database, Row
    from kavalan.chats.database.rows import Unreadable
    from kavalan.chats.whatsapp.android.people import People
    from kavalan.chats.whatsapp.opened import Opened

_MARKS: Final = ("group_type", "hidden", "archived", "chat_lock")
"""Columns that are told where they are set."""
_WANTED: Final = ("jid_row_id", "subject", "group_member_count", *_MARKS)
_HELD: Final = 1 << 18


class Chat(NamedTuple):
    """A chat.

    Attributes:
        id: of `Conversation`.
        native: its address.
        partner: who the other is, of a chat of two.
        kind: of `Conversation`.
    """

    id: str
    native: str
    partner: Who
    kind: str


class Chats:
    """Chats by the number of their row, and by that of their address.

    Args:
        opened: `msgstore.db`, and `wa.db` where it came.
        people: who is who.
    """

    def __init__(self, opened: Opened, people: People) -> None:
        base, tell = opened.base, opened.tally.doubt
        self._people = people
        self._source = opened.source
        self._outlet = opened.outlet
        self._moments = opened.moments
        self._held: dict[int, Chat] = {}
        self._of_jids: dict[str, Chat] = {}
        self._makers = dict(_makers(opened.names, tell))
        self._leaving = {whole(row[1]) for row in base.walk("deleted_chat_job", ("chat_row_id",), tell)}
        self._channels = base.lookup("newsletter", "chat_row_id", ("name", "subscribers_count"), tell)
        self._rows = base.lookup("chat", "_id", _WANTED, tell)

    def of(self, row: int) -> Chat:
        """The chat of a row; one of which nothing is known where there is no such row."""
        found = self._held.get(row)
        if found is None:
            if len(self._held) >= _HELD:
                self._held.clear()
            found = self._held[row] = self._read(row, self._rows.of(row))
        return found

    def of_jid(self, row: int) -> Chat:
        """The chat of an address; it is told where no row of a chat has it."""
        jid = self._people.jid(row)
        native = str(jid) if jid is not None else f"jid_row {row}"
        return self._of_jids.get(native) or self._made(jid, native, "", "")

    def of_text(self, native: str, title: str = "") -> Chat:
        """The chat of an address that stands as a text."""
        found = self._of_jids.get(native)
        return found or self._made(Jid.of(native), native, title, "")

    def _read(self, number: int, row: Row | None) -> Chat:
        if row is None:
            return self._made(None, f"chat_row {number}", "", "its row is not in the database")
        _, address, subject, members, *marks = row
        jid = self._people.jid(whole(address))
        native = str(jid) if jid is not None else f"chat_row {number}"
        notes = [f"{name} {word(value)}" for name, value in zip(_MARKS, marks, strict=True) if value]
        if number in self._leaving:
            notes.append("being deleted on the telephone (deleted_chat_job)")
        channel = self._channels.of(number)
        made = self._made(jid, native, word(subject) or word(channel[1] if channel else None), "; ".join(notes))
        if whole(members) > 0:
            self._outlet.size(Size(made.id, "members", whole(members), "", "msgstore chat.group_member_count"))
        if channel is not None and whole(channel[2]) > 0:
            self._outlet.size(Size(made.id, "members", whole(channel[2]), "", "msgstore newsletter.subscribers_count"))
        return made

    def _made(self, jid: Jid | None, native: str, title: str, note: str) -> Chat:
        kind = jid.chat_kind if jid is not None else ""
        # Of two telephones' chats with one number each is its own; a group is the same for everybody.
        shared = kind in {"group", "channel"}
        key = conversation_key("whatsapp", f"{self._source}/{native}", native if shared else "")
        partner = self._people.of_text(native) if kind == "direct" else NOBODY
        notes = [note, self._maker(jid)]
        made = Chat(key, native, partner, kind)
        if len(self._of_jids) >= _HELD:
            self._of_jids.clear()
        told = Conversation(key, "whatsapp", native, title or partner.name, kind, "; ".join(filter(None, notes)))
        self._outlet.conversation(told)
        return self._of_jids.setdefault(native, made)

    def _maker(self, jid: Jid | None) -> str:
        """Who made a group, as its address says or `wa.db` does; they may have left it."""
        if jid is None:
            return ""
        phone, at = jid.maker
        told = [f"its address says that {phone} made it on {self._moments.local(at)}"] if phone else []
        if by := self._makers.get(jid):
            told.append(f"wa.db says that {by.phone or by} made it (wa_group_admin_settings.creator_jid)")
        return "; ".join(told)


def _makers(names: Database | None, tell: Unreadable) -> list[tuple[Jid, Jid]]:
    if names is None:
        return []
    rows = names.walk("wa_group_admin_settings", ("jid", "creator_jid"), tell)
    return [(Jid.of(word(group)), Jid.of(word(by))) for _, group, by in rows if by]
