"""A channel of Discord as messages, in one pass and in memory that does not grow with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from kavalan.chats.decoding import Decoding, pieces
from kavalan.chats.discord.content import content_of
from kavalan.chats.discord.head import head_of
from kavalan.chats.discord.record import Record
from kavalan.chats.errors import ChatError
from kavalan.chats.further import Carried, further, in_parts
from kavalan.chats.keys import conversation_key
from kavalan.chats.loose import row, rows, short
from kavalan.chats.model import LONGEST_TEXT, TOO_LONG, Act, Conversation, Event, Flag, Kind, Message, Rostered
from kavalan.chats.outlet import Outlet
from kavalan.chats.people import People
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.telegram.walk import Walk
from kavalan.chats.times import UNTOLD, Times
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.decoding import Piece
    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request
    from kavalan.chats.times import Time

_FORM: Final = "Discord, JSON of DiscordChatExporter"
_ANSWERS: Final = {"Reply", "19"}
_WRITTEN: Final = {"", "Default", "20", "23"} | _ANSWERS
"""Types of what people and robots write; newer ones the exporter gives as Discord's numbers: answers to commands."""
_ACTS: Final = {
    "RecipientAdd": Act.ADDED, "RecipientRemove": Act.REMOVED, "Call": Act.CALLED, "ChannelNameChange": Act.RENAMED,
    "ChannelIconChange": Act.PICTURED, "ChannelPinnedMessage": Act.PINNED, "GuildMemberJoin": Act.JOINED,
    "ThreadCreated": Act.NOTICE,
}  # fmt: skip
_NOTICES: Final = {str(code) for code in (*range(8, 19), *range(21, 33), *range(36, 40), 44, 46)} - {"23"}
"""Other notices by Discord's numbers: boosts, threads, safety, stages, purchases, results of polls."""
_NO_LIST: Final = (
    "an export has no list of members; roles of authors are those of the day it was made, and what a role may do is not"
    " said"
)
_NAMED: Final = "Changed the channel name: "
_ROLES: Final = "DiscordChatExporter, author.roles: "
_HELD: Final = 1 << 17


def read_json(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a channel, in the order of the file; the report comes last.

    Raises:
        ChatError: it is no channel of Discord.
    """
    return _ChannelReader(request, source).read()


class _ChannelReader:
    """Reads one file."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        self._head = head_of(source)
        self._walk = Walk(source)
        self._times = Times(request.zone)
        self._outlet = Outlet(request.region)
        self._tally = Tally()
        self._decoding = Decoding(Record, self._tally)
        self._key = conversation_key("discord", request.source, self._head.id)
        self._native = self._head.id or "channel"
        self._people = People("discord", self._key, self._outlet)
        self._listed: set[str] = set()
        self._seq = self._system = self._doubtful = self._records = self._reactions = self._previews = 0

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        head = self._head
        self._outlet.conversation(Conversation(self._key, "discord", head.id, head.title, head.kind, head.note))
        for piece in pieces(self._walk):
            self._records += 1
            self._take(piece)
            yield from self._outlet.ready()
        if not (self._records or head.id):
            raise ChatError("no messages of Discord lie in it")
        yield from self._outlet.rest()
        yield self._report()

    def _take(self, piece: Piece) -> None:
        record, was_mended = self._decoding.record(piece)
        if record is None:
            return
        flags = [Flag.REPAIRED] if was_mended else []
        author = row(record.author)
        sender = self._id_of(author)
        content = content_of(record)
        text = storable(content.text)
        if len(text) > LONGEST_TEXT:
            flags.append(Flag.CUT)
            self._tally.doubt(TOO_LONG, piece.offset)
        local, utc, certainty = self._time(record.timestamp, piece.offset)
        type_ = short(record.type)
        files = content.files or [Carried("")]
        message = Message(
            self._seq, piece.offset, len(piece.data), f"{self._native}/{short(record.id)}", self._key, sender,
            _shown(author), content.kind.value, text, local, utc, certainty, "" if local else short(record.timestamp),
            *self._refers(record, type_), files[0].name, files[0].note, record.timestamp_edited is not None,
            " ".join(flags),
        )  # fmt: skip
        message.origin = self._origin(record, type_)
        if type_ not in _WRITTEN:
            message.kind = Kind.SYSTEM.value
            self._event(record, type_, sender, piece.offset)
        elif self._head.is_server:
            self._member(author, sender)
        self._doubtful += bool(flags) or not local
        self._reactions += len(rows(record.reactions))
        self._previews += content.previews
        for one in (message, *further(message, files)):
            self._outlet.message(one)
        self._seq += max(1, len(files))

    def _id_of(self, user: dict[str, Any]) -> str:
        """The key of an account; its name is the user's own, not what one server calls them."""
        number, name = short(user.get("id")), short(user.get("name"))
        mark = short(user.get("discriminator"))
        if mark.strip("0"):
            name = f"{name}#{mark}"
        if user.get("isBot") is True:
            name = f"{name} (robot)"
        return self._people.id_of(name, number) if name or number else ""

    def _member(self, author: dict[str, Any], sender: str) -> None:
        """Only a member has roles: who has some was one when the channel was exported."""
        roles = ", ".join(short(one.get("name")) for one in rows(author.get("roles")))
        if not roles or not sender or sender in self._listed:
            return
        if len(self._listed) >= _HELD:
            self._listed.clear()
        self._listed.add(sender)
        self._outlet.rostered(
            Rostered(self._key, sender, "member", f"DiscordChatExporter, author.roles: {roles[:500]}")
        )

    def _time(self, said: Any, offset: int) -> Time:  # noqa: ANN401 whatever a file holds
        try:
            return self._times.of(datetime.fromisoformat(said))
        except (ValueError, TypeError):
            self._tally.doubt("a message without a time that can be read", offset)
            return UNTOLD

    def _refers(self, record: Record, type_: str) -> tuple[str, str]:
        """What it answers, and whom it sends on: Discord does not say who wrote that."""
        told = row(record.reference)
        if record.forwarded_message is not None or self._origin(record, type_):
            return "", "(not named)"
        number = short(told.get("messageId"))
        return (f"{self._channel(told)}/{number}" if number and type_ in _ANSWERS else ""), ""

    def _origin(self, record: Record, type_: str) -> str:
        """The message that is sent on: forwarded, or posted to those who follow another channel."""
        told = row(record.reference)
        number = short(told.get("messageId"))
        sent_on = told.get("type") == "Forward" or (type_ == "Default" and self._channel(told) != self._native)
        return f"{self._channel(told)}/{number}" if number and sent_on else ""

    def _channel(self, reference: dict[str, Any]) -> str:
        return short(reference.get("channelId")) or self._native

    def _event(self, record: Record, type_: str, actor: str, offset: int) -> None:
        self._system += 1
        act = _ACTS.get(type_) or (Act.NOTICE if type_ in _NOTICES else Act.OTHER)
        if act is Act.OTHER:
            self._tally.doubt("a notice of a type that is not understood; kept as it is", offset)
            self._doubtful += 1
        users = rows(record.mentions) if act in {Act.ADDED, Act.REMOVED} else []
        targets = [(_shown(one), self._id_of(one)) for one in users]
        if [key for _, key in targets] == [actor]:
            act = {Act.ADDED: Act.JOINED, Act.REMOVED: Act.LEFT}[act]
        source = "" if act is Act.OTHER else f"discord/{type_}"
        value = self._value(record, act) or type_ * (act is Act.OTHER)
        event = Event(self._seq, act.value, _shown(row(record.author)), actor, (), (), value, "", source)
        for one in in_parts(event, targets):
            self._outlet.event(one)

    def _value(self, record: Record, act: Act) -> str:
        match act:
            case Act.RENAMED:
                content = short(record.content)
                return content.removeprefix(_NAMED) if content.startswith(_NAMED) else ""
            case Act.CALLED:
                return short(record.call_ended_timestamp)
            case Act.PINNED | Act.NOTICE:
                return short(row(record.reference).get("messageId"))
        return ""

    def _report(self) -> Reading:
        return self._tally.into(
            Reading(
                form=_FORM,
                messages=self._seq,
                system=self._system,
                understood=self._seq - self._doubtful,
                unread_bytes=self._decoding.unread,
                first=self._times.first,
                last=self._times.last,
                date_order=DateOrder("ymd", "stated", "certain", told="dates are ISO 8601"),
                warnings=self._warnings(),
            )
        )

    def _warnings(self) -> list[str]:
        head = self._head
        told = {
            f"nothing before {head.after} was exported": head.after,
            f"nothing after {head.before} was exported": head.before,
            "the file ends before its last brace: it is not whole": not self._walk.complete,
            f"the file says that it has {head.stated} messages, and {self._records} lie in it": (
                head.stated is not None and head.stated != self._records
            ),
            f"{self._reactions} reactions are not copied: they stand in the export": self._reactions,
            f"{self._previews} previews beside texts are not copied: they stand in the export": self._previews,
            _NO_LIST: self._head.is_server,
        }
        return self._times.warnings() + [warning for warning, holds in told.items() if holds]


def _shown(user: dict[str, Any]) -> str:
    """What the chat calls somebody."""
    return short(user.get("nickname")) or short(user.get("name"))
