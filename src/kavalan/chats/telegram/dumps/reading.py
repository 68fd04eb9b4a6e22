"""A dump as messages and lists of members, in memory that does not grow with its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from kavalan.chats.clock import NO_ZONE, moment, zone_named
from kavalan.chats.errors import ChatError
from kavalan.chats.keys import conversation_key
from kavalan.chats.loose import row, rows, word
from kavalan.chats.model import LONGEST_TEXT, Act, Conversation, Event, Flag, Message, Rostered, Size
from kavalan.chats.outlet import Outlet, storable
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.telegram.dumps.directory import Directory
from kavalan.chats.telegram.dumps.objects import objects
from kavalan.chats.telegram.dumps.tdlib import TDLIB
from kavalan.chats.telegram.dumps.telethon import TELETHON
from kavalan.chats.telegram.dumps.told import Group
from kavalan.chats.telegram.dumps.values import native as native_of
from kavalan.chats.telegram.mending import mended

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request
    from kavalan.chats.telegram.dumps.objects import Typed
    from kavalan.chats.telegram.dumps.told import Member, Note, Scheme

_SCHEMES: Final = (TELETHON, TDLIB)
_ALL: Final = frozenset().union(*(types for scheme in _SCHEMES for types in scheme[:6]))
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_MENDED: Final = "its JSON was broken and was mended"
_BROKEN: Final = "an object whose JSON cannot be read, nor mended"
_WHOSE: Final = "a list of members that does not say of which chat"
_HELD: Final = 1 << 17


def read_dump(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a dump, in its order; the report comes last.

    Raises:
        ChatError: nothing that Telegram knows lies in it.
    """
    return _DumpReader(request, source).read()


class _DumpReader:
    """Reads one dump."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        self._file = source
        self._source = request.source
        self._zone = zone_named(request.zone)
        self._outlet = Outlet(request.region)
        self._tally = Tally()
        self._directory = Directory()
        self._told: set[str] = set()
        self._seq = self._system = self._doubtful = self._unread = self._counted = self._listed = 0
        self._first, self._last = "~", ""
        self._whole = True

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it, after all names."""
        for one in objects(self._file, _ALL):
            self._gather(one)
        self._directory.settle()
        for group in list(self._directory.groups.values()):
            self._enter(group.native)
            for what, count, where in group.sizes:
                self._outlet.size(Size(self._enter(group.native), what, count, "", where))
            yield from self._outlet.ready()
        for one in objects(self._file, _ALL):
            self._take(one)
            yield from self._outlet.ready()
        if not self._told and not self._seq and not self._unread:
            raise ChatError("nothing of Telegram lies in it")
        yield from self._outlet.rest()
        yield self._report()

    def _gather(self, one: Typed) -> None:
        """Names, of lists and of what is within them; what cannot be read is told the second time."""
        if any(one.type in scheme.messages for scheme in _SCHEMES):
            return
        try:
            self._name(one.type, row(msgspec.json.decode(one.data)))
        except _UNREADABLE:
            return

    def _name(self, type_: str, told: dict[str, Any]) -> None:
        for scheme in _SCHEMES:
            if type_ in scheme.people:
                self._directory.add_person(scheme.person(told))
            elif type_ in scheme.groups | scheme.full and "full_chat" not in told:
                self._directory.add_group(scheme.group(type_, told))
        if full := row(told.get("full_chat")):
            self._name(word(full.get("_")).rpartition(".")[2], full)
        for key in ("chats", "users"):
            for inner in rows(told.get(key)):
                self._name(word(inner.get("_")).rpartition(".")[2], inner)

    def _enter(self, native: str) -> str:
        """The key of a chat, told the first time."""
        key = conversation_key("telegram", self._source, native)
        if native not in self._told:
            if len(self._told) >= _HELD:
                self._told.clear()
            self._told.add(native)
            group = self._directory.groups.get(native) or Group(native, self._directory.name_of(native), _kind(native))
            note = f"@{storable(group.handle)}" if group.handle else ""
            title = storable(group.title)
            self._outlet.conversation(Conversation(key, "telegram", native, title, group.kind, note))
        return key

    def _take(self, one: Typed) -> None:
        scheme = next(scheme for scheme in _SCHEMES if scheme.knows(one.type))
        told, flags = self._decoded(one)
        if told is not None and one.type in scheme.messages:
            self._say(scheme.note(one.type, told), one, flags)
        elif told is not None and one.type not in scheme.people | scheme.groups:
            self._list(scheme, one, told)

    def _decoded(self, one: Typed) -> tuple[dict[str, Any] | None, list[Flag]]:
        for data, flags in ((one.data, []), (mended(one.data), [Flag.REPAIRED])):
            try:
                told = msgspec.json.decode(data)
            except _UNREADABLE:
                continue
            if flags:
                self._tally.doubt(_MENDED, one.offset)
            return row(told), flags
        self._tally.unreadable(_BROKEN if one.ended else "the file ends within an object", one.offset)
        self._unread += len(one.data)
        self._whole &= one.ended
        return None, []

    def _say(self, note: Note, one: Typed, flags: list[Flag]) -> None:
        local, utc, certainty = ("", None, "unknown") if note.moment is None else moment(note.moment, self._zone)
        if not local:
            self._tally.doubt("a message without a time that can be read", one.offset)
        if len(note.text) > LONGEST_TEXT:
            flags.append(Flag.CUT)
        chat = note.chat or self._directory.only()
        message = Message(
            self._seq, one.offset, len(one.data), f"{chat or 'chat'}/{note.number}" if note.number else "",
            self._enter(chat), self._directory.account(note.sender, self._outlet), self._directory.name_of(note.sender),
            note.kind.value, storable(note.text), local, utc, certainty, "" if local else storable(note.time_text),
            note.reply_to, storable(note.forwarded_from), storable(note.media_name), storable(note.media_note),
            note.edited, " ".join(flags), 0, note.origin,
        )  # fmt: skip
        if local:
            self._first, self._last = min(self._first, local), max(self._last, local)
        known = note.act is not Act.OTHER
        if not known:
            self._tally.doubt("a service message that is not understood; kept as it is", one.offset)
        if note.act is not None:
            self._event(note, message)
        self._counted += note.counted
        self._doubtful += bool(flags) or not local or not known
        self._outlet.message(message)
        for link in note.links:
            self._outlet.link(self._seq, link)
        self._seq += 1

    def _event(self, note: Note, message: Message) -> None:
        self._system += 1
        act = note.act or Act.OTHER
        names = tuple(self._directory.name_of(one) or one for one in note.targets)
        ids = tuple(self._directory.account(one, self._outlet) for one in note.targets)
        source = "" if act is Act.OTHER else f"telegram/{note.rule}"
        value = storable(note.value or note.rule * (act is Act.OTHER))
        event = Event(self._seq, act.value, message.sender_name, message.sender_id, names, ids, value, "", source)
        if act is Act.CREATED and ids:
            self._outlet.event(msgspec.structs.replace(event, targets=(), target_ids=()))
            event.act = Act.ADDED.value
        self._outlet.event(event)

    def _list(self, scheme: Scheme, one: Typed, told: dict[str, Any]) -> None:
        """A list of members, alone or within what is told of a chat in full."""
        if "full_chat" in told:
            told = row(told["full_chat"])
        held = row(told.get("participants")) or row(told.get("participant")) or told
        type_ = word(held.get("_") or held.get("@type") or one.type).rpartition(".")[2]
        found = list(scheme.members(type_, held))
        if not found:
            return
        chat = self._chat_of(told, held)
        if not chat:
            self._tally.doubt(_WHOSE, one.offset)
            return
        key = self._enter(chat)
        for member in found:
            self._member(key, member)

    def _chat_of(self, told: dict[str, Any], held: dict[str, Any]) -> str:
        """By its own word, by the one chat that came with it, or as the only one of the dump."""
        if own := native_of("chat", held.get("chat_id")):
            return own
        beside = [found for one in rows(told.get("chats")) if (found := TELETHON.group(
            word(one.get("_")).rpartition(".")[2], one).native)]  # fmt: skip
        return beside[0] if len(beside) == 1 else self._directory.only()

    def _member(self, key: str, member: Member) -> None:
        """Somebody is a member before they are more; who made them that did not bring them."""
        self._listed += 1
        account = self._directory.account(member.person, self._outlet)
        by, promoted = (self._directory.account(one, self._outlet) for one in (member.by, member.promoted_by))
        since, until = self._local(member.joined), self._local(member.gone)
        source = storable(member.source)
        self._outlet.rostered(Rostered(key, account, "member", source, since, until, by))
        if member.role != "member":
            self._outlet.rostered(Rostered(key, account, member.role, source, "", "", promoted))

    def _local(self, seconds: int | None) -> str:
        return "" if seconds is None else moment(seconds * 1000, self._zone)[0]

    def _report(self) -> Reading:
        return self._tally.into(
            Reading(
                form="Telegram, dump of Telethon or TDLib",
                messages=self._seq,
                system=self._system,
                understood=self._seq - self._doubtful,
                unread_bytes=self._unread,
                first="" if self._first == "~" else self._first,
                last=self._last,
                date_order=DateOrder("ymd", "stated", "certain", told="moments are stated"),
                warnings=self._warnings(),
            )
        )

    def _warnings(self) -> list[str]:
        told = {
            NO_ZONE: self._zone is None,
            f"{self._counted} messages have counts of views or forwards: they stand in the dump": self._counted,
            "a dump says nothing of what was not asked for: neither messages nor members need be all": True,
            "no list of members lies in it": not self._listed,
            "the file ends within an object: it is not whole": not self._whole,
        }  # fmt: skip
        return [warning for warning, holds in told.items() if holds]


def _kind(native: str) -> str:
    return {"u": "personal_chat", "c": "group"}.get(native[:1], "")
