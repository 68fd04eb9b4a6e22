"""A Telegram export as messages, in one pass after the names and in memory that does not grow with it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kavalan.chats.clock import NO_ZONE, moment, zone_named
from kavalan.chats.errors import ChatError
from kavalan.chats.keys import conversation_key
from kavalan.chats.model import LONGEST_TEXT, TOO_LONG, Act, Certainty, Conversation, Event, Flag, Kind, Message
from kavalan.chats.outlet import Outlet
from kavalan.chats.people import People
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.telegram import bounds
from kavalan.chats.telegram.content import content_of, number_of, word
from kavalan.chats.telegram.mending import mended
from kavalan.chats.telegram.moments import moment_of
from kavalan.chats.telegram.names import Names
from kavalan.chats.telegram.record import Plain, Record
from kavalan.chats.telegram.texts import text_of
from kavalan.chats.telegram.walk import Chat, Run, Walk
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request

_PREFIX: Final = {"private_group": "chat", "personal_chat": "user", "bot_chat": "user"}
"""Of a chat's number, which is unique only among its kind; all others are channels."""
_GROUPS: Final = {"private_group", "private_supergroup", "public_supergroup"}
_ACTS: Final = {
    "create_group": Act.CREATED, "create_channel": Act.CREATED, "invite_members": Act.ADDED,
    "remove_members": Act.REMOVED, "join_group_by_link": Act.JOINED, "join_group_by_request": Act.JOINED,
    "edit_group_title": Act.RENAMED, "edit_group_photo": Act.PICTURED, "delete_group_photo": Act.PICTURED,
    "migrate_to_supergroup": Act.MIGRATED, "migrate_from_group": Act.MIGRATED, "pin_message": Act.PINNED,
    "set_messages_ttl": Act.TIMER, "change_creator": Act.CREATOR_CHANGED, "phone_call": Act.CALLED,
    "group_call": Act.CALLED, "conference_call": Act.CALLED, "invite_to_group_call": Act.CALLED,
    "group_call_scheduled": Act.CALLED, "no_forwards_toggle": Act.SETTING,
}  # fmt: skip
_OTHERS: Final = {
    "clear_history", "take_screenshot", "joined_telegram", "requested_phone_number", "proximity_reached",
    "send_payment", "refunded_payment", "allow_sending_messages", "attach_menu_bot_allowed", "web_app_bot_allowed",
    "send_passport_values", "topic_created", "topic_edit", "edit_chat_theme", "set_chat_wallpaper", "boost_apply",
    "send_premium_gift", "gift_code_prize", "send_stars_gift", "send_ton_gift", "stars_prize", "send_star_gift",
    "new_creator_pending", "no_forwards_request", "managed_bot_created", "suggest_birthday", "score_in_game",
}  # fmt: skip
_OTHER_KINDS: Final = ("giveaway_", "paid_messages_", "todo_", "suggested_post_")
_HELD: Final = 1 << 16
_MENDED: Final = "its JSON was broken and was mended: control characters, a bare path, bytes that are not UTF-8"
_BROKEN: Final = "a message whose JSON cannot be read, nor mended"
_NEVER: Final = "~"
"""Later than any time, as texts are compared."""
_TEXT: Final = Kind.TEXT.value
_SYSTEM: Final = Kind.SYSTEM.value
_EXACT: Final = Certainty.EXACT.value
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, MemoryError)
_NOT_PLAIN: Final = (*_UNREADABLE, ValueError)


def read_json(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in an export, in its order; the report comes last.

    Raises:
        ChatError: no message lies in it.
    """
    return _JsonReader(request, source).read()


class _JsonReader:
    """Reads one export."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        self._file = source
        self._names: Names | None = None
        self._walk = Walk(source)
        self._source = request.source
        self._zone = zone_named(request.zone)
        self._outlet = Outlet(request.region)
        self._tally = Tally()
        self._decode = msgspec.json.Decoder(Record).decode
        self._decode_plain = msgspec.json.Decoder(Plain).decode
        self._people: dict[int, People] = {}
        self._authors: dict[int, set[str]] = {}
        self._chats: dict[int, Conversation] = {}
        self._ids: dict[tuple[Any, Any], tuple[str, str]] = {}
        self._senders: dict[tuple[str | None, str], tuple[str, str]] = {}
        self._native = self._conversation = ""
        self._chat = -1
        self._seq = self._system = self._doubtful = self._unread = 0
        self._first, self._last = _NEVER, ""
        self._left = self._local = self._timeless = False

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        for run in self._walk.runs():
            if run.chat.number != self._chat:
                self._enter(run.chat)
            self._take(run)
            yield from self._outlet.ready()
        if not self._chats:
            raise ChatError("no messages of Telegram lie in it")
        yield from self._outlet.rest()
        yield self._report()

    def _enter(self, chat: Chat) -> None:
        number = f"{_PREFIX.get(chat.type, 'channel')}{chat.id}" if chat.id else ""
        self._native = bounds.name(number) or f"chat#{chat.number}"
        key = conversation_key("telegram", f"{self._source}/{chat.number}", number)
        kind = "group" if chat.type in _GROUPS else chat.type
        note = "left by the exporter" if chat.left else ""
        told = Conversation(key, "telegram", bounds.name(number), bounds.name(chat.name), bounds.name(kind), note)
        self._chats[chat.number] = told
        self._outlet.conversation(told)
        self._people = {chat.number: People("telegram", key, self._outlet)}
        self._ids, self._senders = {}, {}
        self._conversation = key
        self._authors[chat.number] = set()
        self._chat = chat.number
        self._left |= chat.left

    def _take(self, run: Run) -> None:
        """Say messages: those of words alone, which most are, at once, any other by itself."""
        decode, senders, say, native = self._decode_plain, self._senders, self._outlet.message, self._native
        conversation, offset, first, last = self._conversation, run.offset, self._first, self._last
        for data in run.pieces:
            try:
                record = decode(data)
                local, answered = record.date, record.reply_to_message_id
                utc = moment_of(local, record.date_unixtime)
            except _NOT_PLAIN:
                self._any(data, offset, ended=run.ended)
            else:
                author = (record.from_, record.from_id)
                sender, shown = senders.get(author) or self._sender(author)
                if local > last:  # noqa: PLR1730 a call is dear where there are millions
                    last = local
                if local < first:  # noqa: PLR1730
                    first = local
                say(
                    Message(
                        self._seq, offset, len(data), f"{native}/{record.id}", conversation, sender, shown, _TEXT,
                        storable(record.text), local, utc, _EXACT, "",
                        "" if answered is None else f"{native}/{answered}", "", "", "", record.edited is not None,
                    )
                )  # fmt: skip
                self._seq += 1
            offset += len(data) + run.gap
        self._widen(first, last)

    def _widen(self, first: str, last: str) -> None:
        """Take times into what the chats cover."""
        self._first, self._last = min(self._first, first), max(self._last, last)

    def _sender(self, author: tuple[str | None, str]) -> tuple[str, str]:
        """The key of an author's account, and the name that is shown."""
        known = self._known(*author)
        if known[0]:
            self._authored(known[0])
        if len(self._senders) >= _HELD:
            self._senders.clear()
        return self._senders.setdefault(author, known)

    def _any(self, data: bytes, offset: int, *, ended: bool) -> None:
        """Say a message of any kind, or that it cannot be read."""
        flags: list[Flag] = []
        try:
            record = self._decode(data)
        except _UNREADABLE:
            try:
                record = self._decode(mended(data))
            except _UNREADABLE:
                self._tally.unreadable(_BROKEN if ended else "the file ends within a message", offset)
                self._unread += len(data)
                return
            flags.append(Flag.REPAIRED)
            self._tally.doubt(_MENDED, offset)
        self._say(record, offset, len(data), flags)

    def _say(self, record: Record, offset: int, length: int, flags: list[Flag]) -> None:
        service = record.type == "service"
        name, native = (record.actor, record.actor_id) if service else (record.from_, record.from_id)
        sender, shown = self._known(name, native)
        text, links = text_of(record.text)
        kind, media, note, more = content_of(record)
        text = storable(text or more)
        if len(text) > LONGEST_TEXT:
            flags.append(Flag.CUT)
            self._tally.doubt(TOO_LONG, offset)
        local, utc, certainty = self._time(record, offset)
        if service:
            kind, text = _SYSTEM, text or storable(word(record.action))
        answered = record.reply_to_message_id
        message = Message(
            self._seq, offset, length, self._numbered(record.id), self._conversation, sender, shown, kind, text, local,
            utc, certainty, "" if local else bounds.name(word(record.date)),
            "" if answered is None else self._numbered(answered), _forwarded(record), media and bounds.line(media),
            note and bounds.line(note), record.edited is not None, " ".join(flags),
        )  # fmt: skip
        known = True
        if service:
            known = self._event(record, sender, offset)
        elif sender:
            self._authored(sender)
        self._doubtful += bool(flags) or not local or not known
        self._outlet.message(message)
        for link in links:
            self._outlet.link(self._seq, link)
        self._seq += 1

    def _authored(self, sender: str) -> None:
        """Two authors are enough to know that a chat has more than one."""
        authors = self._authors[self._chat]
        if len(authors) < 2:
            authors.add(sender)

    def _numbered(self, number: Any) -> str:  # noqa: ANN401 whatever a file holds
        """A message by its number in the chat."""
        return f"{self._native}/{number if type(number) is int else bounds.name(word(number))}"

    def _known(self, name: Any, native: Any) -> tuple[str, str]:  # noqa: ANN401 whatever a file holds
        """The key of somebody's account, and the name that is shown.

        An account is told by its number, where that is stated or the same name has one number alone.
        """
        known = (name, native)
        try:
            return self._ids[known]
        except KeyError:
            if len(self._ids) >= _HELD:
                self._ids.clear()
        except TypeError:  # no name, but an array or an object in its place
            known = (repr(name)[:1000], repr(native)[:1000])
        return self._ids.setdefault(known, self._account(name, native))

    def _account(self, name: Any, native: Any) -> tuple[str, str]:  # noqa: ANN401 whatever a file holds
        shown, number = bounds.name(word(name)), bounds.name(number_of(native))
        if not number and shown:
            number = self._number_named(shown)
        return (self._people[self._chat].id_of(shown, number) if shown or number else ""), shown

    def _number_named(self, name: str) -> str:
        """The number that goes with a name in the whole export, which is gone through when that is first asked."""
        if self._names is None:
            self._names = Names.of(self._file)
        return self._names.number_of(name)

    def _time(self, record: Record, offset: int) -> tuple[str, int | None, str]:
        """Local time, moment and certainty."""
        said: str = record.date
        try:
            utc = moment_of(said, record.date_unixtime)
        except (ValueError, TypeError):
            return self._odd_time(record, offset)
        self._widen(said, said)
        return said, utc, _EXACT

    def _odd_time(self, record: Record, offset: int) -> tuple[str, int | None, str]:
        """Of a version without moments, or of another program."""
        try:
            at = datetime.fromisoformat(record.date)
        except (ValueError, TypeError):
            with suppress(ValueError, TypeError):
                told = moment(int(word(record.date_unixtime)) * 1000, self._zone)
                if told[0]:
                    self._timeless |= self._zone is None
                    self._widen(told[0], told[0])
                    return told
            if record.type != "unsupported":
                self._tally.doubt("a message without a time that can be read", offset)
            return "", None, Certainty.UNKNOWN.value
        said = at.replace(tzinfo=None).isoformat(timespec="seconds")
        self._widen(said, said)
        with suppress(ValueError):
            return said, moment_of(said, word(record.date_unixtime)), _EXACT
        zone, certainty = (self._zone, Certainty.ZONE_GIVEN) if at.tzinfo is None else (at.tzinfo, Certainty.EXACT)
        self._local |= at.tzinfo is None
        if zone is None:
            return said, None, Certainty.LOCAL.value
        try:
            utc = int(at.replace(tzinfo=zone).timestamp()) * 1000
        except (OverflowError, ValueError):  # within a day of the calendar's ends
            return said, None, Certainty.LOCAL.value
        return said, utc, certainty.value

    def _event(self, record: Record, actor: str, offset: int) -> bool:
        """Say what was done; False where it is not understood."""
        self._system += 1
        action = word(record.action)
        act = _ACTS.get(action, Act.OTHER)
        known = act is not Act.OTHER or action in _OTHERS or action.startswith(_OTHER_KINDS)
        if not known:
            self._tally.doubt("a service message that is not understood; kept as it is", offset)
        named = record.members if isinstance(record.members, list) else []
        if record.new_creator is not None:
            named = [record.new_creator]
        targets = tuple(bounds.name(word(one)) for one in named)
        ids = tuple(self._known(one, None)[0] for one in targets)
        if act is Act.REMOVED and ids == (actor,):
            act = Act.LEFT
        value = bounds.line(word(record.title) or word(record.inviter))
        shown = bounds.name(word(record.actor))
        source = f"telegram/{bounds.name(action)}" if known else ""
        if act is Act.CREATED and targets:
            self._outlet.event(Event(self._seq, act.value, shown, actor, (), (), value, "", source))
            act = Act.ADDED
        for event in bounds.parted(Event(self._seq, act.value, shown, actor, targets, ids, value, "", source)):
            self._outlet.event(event)
        return known

    def _report(self) -> Reading:
        return self._tally.into(
            Reading(
                form="Telegram Desktop, JSON",
                messages=self._seq,
                system=self._system,
                understood=self._seq - self._doubtful,
                unread_bytes=self._unread,
                first="" if self._first == _NEVER else self._first,
                last=self._last,
                date_order=DateOrder("ymd", "stated", "certain", told="dates are ISO 8601"),
                warnings=self._warnings(),
            )
        )

    def _warnings(self) -> list[str]:
        lone = [
            chat.title
            for number, chat in self._chats.items()
            if chat.kind == "group" and len(self._authors[number]) == 1
        ]
        found = [
            f"{len(lone)} groups with one author alone: perhaps only the exporter's own messages were exported"
        ] * bool(lone)
        if self._left:
            found.append("chats are among them that the exporter has left")
        if self._local:
            found.append("some times are local to the machine that wrote the export: it does not say its zone")
        if self._timeless:
            found.append(f"some messages have a moment alone: {NO_ZONE}")
        if not self._walk.complete:
            found.append("the file ends before its last brace: it is not whole")
        found.append("an export has no list of members or administrators: both are known only by what messages tell")
        return found


def _forwarded(record: Record) -> str:
    """Who wrote it first; empty where nobody else did."""
    if record.forwarded_from is msgspec.UNSET:
        return ""
    name = bounds.name(word(record.forwarded_from)) or "(not named)"
    return f"{name} ({bounds.name(word(record.forwarded_from_id))})" if record.forwarded_from_id else name
