"""The chats of an iPhone's database, told once and all, and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.keys import conversation_key
from kavalan.chats.model import FORMER, Conversation, Rostered
from kavalan.chats.whatsapp.accounts import NOBODY
from kavalan.chats.whatsapp.jid import Jid
from kavalan.chats.whatsapp.values import since_1970, whole, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.database import Row
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.ios.people import People
    from kavalan.chats.whatsapp.opened import Opened

_MARKS: Final = ("ZARCHIVED", "ZHIDDEN", "ZREMOVED")
"""Columns that are told where they are set."""
_GROUP: Final = ("ZCREATORJID", "ZOWNERJID", "ZCREATIONDATE")
_MEMBER: Final = ("ZCHATSESSION", "ZMEMBERJID", "ZCONTACTNAME", "ZISADMIN", "ZISACTIVE")
_HELD: Final = 1 << 18


class Chat(NamedTuple):
    """A chat.

    Attributes:
        id: of `Conversation`.
        native: its address.
        partner: who the other is, of a chat of two.
        makers: addresses of who made and of who owns the group, as the database says.
    """

    id: str
    native: str
    partner: Who
    makers: tuple[str, ...] = ()


class Chats:
    """Chats by the number of their row.

    Args:
        opened: `ChatStorage.sqlite`.
        people: who is who.
    """

    def __init__(self, opened: Opened, people: People) -> None:
        base, tell = opened.base, opened.tally.doubt
        self._opened = opened
        self._people = people
        self._held: dict[int, Chat] = {}
        self._of_groups: dict[str, Chat] = {}
        self._rows = base.lookup("ZWACHATSESSION", "Z_PK", ("ZCONTACTJID", "ZPARTNERNAME", *_MARKS), tell)
        self._groups = base.lookup("ZWAGROUPINFO", "ZCHATSESSION", _GROUP, tell)

    def of(self, row: int) -> Chat:
        """The chat of a row; one of which nothing is known where there is no such row."""
        found = self._held.get(row)
        if found is None:
            if len(self._held) >= _HELD:
                self._held.clear()
            found = self._held[row] = self._read(row, self._rows.of(row))
        return found

    def of_text(self, native: str) -> Chat:
        """The chat of an address that stands as a text."""
        return self._of_groups.get(native) or self._made(native, "", "")

    def all(self) -> Iterator[Chat]:
        """Every chat that has a row."""
        for row in self._opened.base.walk("ZWACHATSESSION", (), self._opened.tally.doubt):
            yield self.of(whole(row[0]))

    def roster(self) -> Iterator[None]:
        """Tell members of groups, and those who were; one at each step."""
        outlet, tally = self._opened.outlet, self._opened.tally
        for number, in_chat, address, name, admin, active in self._opened.base.walk(
            "ZWAGROUPMEMBER", _MEMBER, tally.doubt
        ):
            who = self._people.of(address, name)
            if who is NOBODY or not in_chat:
                tally.doubt(
                    "a member of a group without an address or a group; places are numbers of rows", whole(number)
                )
                continue
            chat = self.of(whole(in_chat))
            source = f"ChatStorage ZWAGROUPMEMBER, ZISACTIVE {word(active)}, ZISADMIN {word(admin)}"
            there = active or active is None
            outlet.rostered(Rostered(chat.id, who.id, "member" if there else FORMER, source))
            if there and admin:
                outlet.rostered(Rostered(chat.id, who.id, "admin", source))
                if address in chat.makers:
                    # Who made it may have left it since; this one is listed.
                    source = f"{source}; ZWAGROUPINFO.ZCREATORJID or ZOWNERJID"
                    outlet.rostered(Rostered(chat.id, who.id, "creator", source))
            yield

    def _read(self, number: int, row: Row | None) -> Chat:
        if row is None:
            return self._made(f"ZCHATSESSION {number}", "", "its row is not in the database")
        _, address, name, *marks = row
        notes = [f"{column} {word(value)}" for column, value in zip(_MARKS, marks, strict=True) if value]
        makers: tuple[str, ...] = ()
        if (group := self._groups.of(number)) is not None:
            *by, at = group[1:]
            makers = tuple(word(one) for one in by)
            notes += [f"ZWAGROUPINFO.{column} {one}" for column, one in zip(_GROUP, makers, strict=False) if one]
            if at:
                notes.append(f"made on {self._opened.moments.local(since_1970(at))}")
        return self._made(word(address) or f"ZCHATSESSION {number}", word(name), "; ".join(notes), makers)

    def _made(self, native: str, title: str, note: str, makers: tuple[str, ...] = ()) -> Chat:
        jid = Jid.of(native)
        kind = jid.chat_kind
        # Of two telephones' chats with one number each is its own; a group is the same for everybody.
        shared = kind in {"group", "channel"}
        key = conversation_key("whatsapp", f"{self._opened.source}/{native}", native if shared else "")
        partner = self._people.of(native) if kind == "direct" else NOBODY
        phone, at = jid.maker
        if phone:
            told = f"its address says that {phone} made it on {self._opened.moments.local(at)}"
            note = f"{note}; {told}" if note else told
        self._opened.outlet.conversation(Conversation(key, "whatsapp", native, title or partner.name, kind, note))
        made = Chat(key, native, partner, makers)
        if len(self._of_groups) >= _HELD:
            self._of_groups.clear()
        return self._of_groups.setdefault(native, made)
