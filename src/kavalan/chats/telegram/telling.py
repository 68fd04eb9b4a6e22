"""Says what a dump or a database of Telegram tells: messages, events, members, chats, people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.chats.clock import moment, zone_named
from kavalan.chats.keys import conversation_key
from kavalan.chats.model import (
    LONGEST_TEXT,
    TOO_LONG,
    Act,
    Certainty,
    Conversation,
    Event,
    Flag,
    Message,
    Rostered,
    Size,
)
from kavalan.chats.outlet import Outlet
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.telegram import bounds
from kavalan.chats.telegram.directory import Directory
from kavalan.chats.telegram.told import Group
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from kavalan.chats.request import Request
    from kavalan.chats.telegram.told import Member, Note

_HELD: Final = 1 << 17
_LATE: Final = "~"
"""Later than any time, as texts are compared."""


class Telling:
    """Says what is told of one source.

    Args:
        request: of the source.

    Attributes:
        outlet: takes what is said.
        tally: counts what is doubtful or cannot be read.
        directory: people and chats by their numbers.
        has_zone: a zone was named.
        count: messages so far.
        counted: of them, with counts of views or of how often others sent them on.
        listed: rows of lists of members so far.

    Raises:
        ChatError: there is no zone of the name that was given.
    """

    def __init__(self, request: Request) -> None:
        self.outlet = Outlet(request.region)
        self.tally = Tally()
        self.directory = Directory()
        self.count = self.counted = self.listed = 0
        self._zone = zone_named(request.zone)
        self.has_zone = self._zone is not None
        self._source = request.source
        self._told: set[str] = set()
        self._system = self._doubtful = 0
        self._first, self._last = _LATE, ""

    def enter(self, native: str) -> str:
        """The key of a chat, told the first time with how many it has."""
        key = conversation_key("telegram", self._source, native)
        if native not in self._told:
            if len(self._told) >= _HELD:
                self._told.clear()
            self._told.add(native)
            name = self.directory.name_of(native)
            group = self.directory.groups.get(native) or Group(
                native, name, "personal_chat" * native.startswith("user")
            )
            note = f"@{bounds.name(group.handle)}" if group.handle else ""
            self.outlet.conversation(Conversation(key, "telegram", native, bounds.name(group.title), group.kind, note))
            for what, count, where in group.sizes:
                self.outlet.size(Size(key, what, count, "", where))
        return key

    def say(self, note: Note, offset: int, length: int, flags: list[Flag], *, sure: bool = True) -> None:
        """Say a message.

        Args:
            note: what is told of it.
            offset: of its record in the source; 0 for a row of a database.
            length: of its record.
            flags: what a person should know.
            sure: nothing of it was guessed.
        """
        unknown = "", None, Certainty.UNKNOWN.value
        local, utc, certainty = unknown if note.moment is None else moment(note.moment, self._zone)
        place = offset if length else number_in(note)
        if not local:
            self.tally.doubt("a message without a time that can be read", place)
        if len(note.text) > LONGEST_TEXT:
            flags.append(Flag.CUT)
            self.tally.doubt(TOO_LONG, place)
        chat = note.chat or self.directory.only()
        message = Message(
            self.count, offset, length, f"{chat or 'chat'}/{note.number}" if note.number else "", self.enter(chat),
            self.directory.account(note.sender, self.outlet), self.directory.name_of(note.sender), note.kind.value,
            storable(note.text), local, utc, certainty, "" if local else bounds.name(note.time_text), note.reply_to,
            bounds.line(note.forwarded_from), bounds.line(note.media_name), bounds.line(note.media_note), note.edited,
            " ".join(flags), 0, note.origin,
        )  # fmt: skip
        if local:
            self._first, self._last = min(self._first, local), max(self._last, local)
        known = note.act is not Act.OTHER
        if not known:
            self.tally.doubt("a service message that is not understood; kept as it is", place)
        if note.act is not None:
            self._event(note, message)
        self.counted += note.counted
        self._doubtful += bool(flags) or not local or not known or not sure
        self.outlet.message(message)
        for link in note.links:
            self.outlet.link(self.count, link)
        self.count += 1

    def member(self, chat: str, member: Member) -> None:
        """Say a row of a list. Somebody is a member before they are more; who made them that did not bring them."""
        self.listed += 1
        key, account = self.enter(chat), self.directory.account(member.person, self.outlet)
        by, promoted = (self.directory.account(one, self.outlet) for one in (member.by, member.promoted_by))
        since, until = self._local(member.joined), self._local(member.gone)
        source = bounds.line(member.source)
        self.outlet.rostered(Rostered(key, account, "member", source, since, until, by))
        if member.role != "member":
            self.outlet.rostered(Rostered(key, account, member.role, source, "", "", promoted))

    def report(self, form: str, warnings: list[str], unread: int = 0) -> Reading:
        """How it went.

        Args:
            form: what was read.
            warnings: what it may lack.
            unread: bytes that are in no message.
        """
        return self.tally.into(
            Reading(
                form=form,
                messages=self.count,
                system=self._system,
                understood=self.count - self._doubtful,
                unread_bytes=unread,
                first="" if self._first == _LATE else self._first,
                last=self._last,
                date_order=DateOrder("ymd", "stated", "certain", told="moments are stated"),
                warnings=warnings,
            )
        )

    def _event(self, note: Note, message: Message) -> None:
        self._system += 1
        act = note.act or Act.OTHER
        names = tuple(self.directory.name_of(one) or one for one in note.targets)
        ids = tuple(self.directory.account(one, self.outlet) for one in note.targets)
        source = "" if act is Act.OTHER else f"telegram/{bounds.name(note.rule)}"
        value = bounds.line(note.value or note.rule * (act is Act.OTHER))
        event = Event(self.count, act.value, message.sender_name, message.sender_id, names, ids, value, "", source)
        if act is Act.CREATED and ids:
            self.outlet.event(msgspec.structs.replace(event, targets=(), target_ids=()))
            event.act = Act.ADDED.value
        for part in bounds.parted(event):
            self.outlet.event(part)

    def _local(self, seconds: int | None) -> str:
        return "" if seconds is None else moment(seconds * 1000, self._zone)[0]


def number_in(note: Note) -> int:
    """A message's number in its chat: its place where it has no other."""
    return int(note.number) if note.number.isdecimal() else 0
