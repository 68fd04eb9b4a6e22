"""What the rows of the tools' tables say: messages, calls, lines of the messenger's own, lists of members, sizes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.clock import moment, zone_named
from kavalan.chats.further import Carried, further
from kavalan.chats.keys import native_key
from kavalan.chats.loose import inside
from kavalan.chats.model import Act, Certainty, Event, Kind, Message, Rostered, Size
from kavalan.chats.outlet import Outlet
from kavalan.chats.parties import Parties, phone_of
from kavalan.chats.reading import Tally

if TYPE_CHECKING:
    from kavalan.chats.leapp.artifact import Meaning
    from kavalan.chats.leapp.lines import Line
    from kavalan.chats.leapp.places import Places
    from kavalan.chats.model import Conversation
    from kavalan.chats.request import Request

_LONGEST_COUNT: Final = 10
_LONGEST_NAME: Final = 300
_LONGEST_WORD: Final = 100
_AT_ONCE: Final = 100
"""Of members of one event: so many fit a record."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OWNER: Final = "You"
_ABSENT: Final = "listed, not in the report"
_UNTOLD: Final = "a row without a time that can be read"
_NO_SENDER: Final = "the table names the group in place of who wrote the message"
_CODE: Final = "a code of the messenger's own whose meaning is not agreed on; kept as it is"
_COUNTED: Final[dict[Meaning, str]] = {
    "member_count": "members", "admin_count": "admins", "banned_count": "banned", "online_count": "online",
}  # fmt: skip


class _Author(NamedTuple):
    """Who wrote a row.

    Attributes:
        key: of the account; empty where nobody is named.
        name: as shown.
        doubtful: the table does not say it.
    """

    key: str = ""
    name: str = ""
    doubtful: bool = False


class Telling:
    """Takes rows one by one.

    Args:
        request: what is known about the source.
        places: its chats.

    Attributes:
        outlet: holds what was said.
        tally: counts what is doubtful.
        seq: messages so far.
        system: of them the messenger's own.
        doubtful: of them doubtful.
        bare: some times have no offset.
        first: earliest local time.
        last: latest.
    """

    def __init__(self, request: Request, places: Places) -> None:
        self.outlet = Outlet(request.region)
        self.tally = Tally()
        self.seq = self.system = self.doubtful = 0
        self.bare = False
        self.first = self.last = ""
        self._places = places
        self._zone = zone_named(request.zone)
        self._parties = Parties(self.outlet, request.region)

    def take(self, line: Line) -> None:
        """Say what a row says."""
        match line.table.artifact.what:
            case "messages":
                self._message(line)
            case "calls":
                self._call(line)
            case "events":
                self._event(line)
            case "members" | "creators":
                self._member(line)
            case "sizes":
                self._sizes(line)

    def _message(self, line: Line) -> None:
        place = self._place(line)
        author = self._author(line, place)
        kind, text = _content(line)
        message = self._made(line, place, kind, text, author)
        files = _files(line)
        if files:
            message.media_name, message.media_note = files[0].name, files[0].note
        elif not text and kind is not Kind.SYSTEM:
            message.media_note = line.value("type")[:_LONGEST_WORD]
        if answered := line.value("reply_to"):
            message.reply_to = native_key(place.native or place.title, answered)
        message.forwarded_from, forwards = line.value("forwarded_from"), line.value("forwards")
        message.forwards = int(forwards) if forwards.isdecimal() and len(forwards) < _LONGEST_COUNT else 0
        if kind is Kind.SYSTEM:
            self.outlet.event(Event(self.seq, Act.OTHER.value))
            self.tally.doubt(_CODE, line.row.offset)
        self._say(message, doubtful=author.doubtful or kind is Kind.SYSTEM)
        for one in further(message, files):
            self._say(one)

    def _call(self, line: Line) -> None:
        place = self._place(line)
        author = self._author(line, place)
        told: list[Meaning] = ["direction", "type", "duration"]
        said = [(line.table.header[one], line.value(one).partition("<")[0].strip()) for one in told if line.value(one)]
        text = "\n".join(f"{header}: {value}" for header, value in said)
        duration, source = line.value("duration"), f"leapp/{line.table.artifact.name}, duration"
        self.outlet.event(Event(self.seq, Act.CALLED.value, author.name, author.key, (), (), duration, "", source))
        self._say(self._made(line, place, Kind.CALL, text, author), doubtful=author.doubtful)

    def _event(self, line: Line) -> None:
        artifact, code = line.table.artifact, line.value("action")
        place = self._place(line)
        act = artifact.acts.get(code, Act.OTHER)
        source = f"{artifact.codes} {code}"
        members = [one[:_LONGEST_NAME] for one in map(str.strip, line.text("members").split(",")) if one]
        ids = [self._id_of(place, one) for one in members]
        message = self._made(line, place, Kind.SYSTEM, line.text("text") or source, _Author())
        old, new = (phone_of(line.value(one)) for one in ("old_id", "new_id"))
        before, value = (old, new) if old or new else (line.value("prior"), line.value("text") or code)
        if act is Act.OTHER:
            self.tally.doubt(_CODE, line.row.offset)
            value = code
        if act in {Act.JOINED, Act.LEFT} and members:
            for member, account in zip(members, ids, strict=True):
                self.outlet.event(Event(self.seq, act.value, member, account, (), (), code, before, source))
        else:
            for start in range(0, max(1, len(members)), _AT_ONCE):
                few = slice(start, start + _AT_ONCE)
                targets, keys = tuple(members[few]), tuple(ids[few])
                self.outlet.event(Event(self.seq, act.value, "", "", targets, keys, value, before, source))
        self._say(message, doubtful=act is Act.OTHER)

    def _member(self, line: Line) -> None:
        artifact, place = line.table.artifact, self._place(line)
        account = self._id_of(place, line.value("user_id"), line.value("user"))
        said = line.value("role")
        role = "creator" if artifact.what == "creators" or said.lower() == "creator" else "member"
        if account:
            since, _, _, _ = self._time(line.value("time"), line.row.offset, asked=False)
            source = f"{artifact.name}, Role {said or 'not stated'}" if artifact.what == "members" else artifact.name
            self.outlet.rostered(Rostered(place.id, account, role, source, since))

    def _sizes(self, line: Line) -> None:
        artifact, place = line.table.artifact, self._place(line)
        for meaning, what in _COUNTED.items():
            if (count := line.value(meaning)).isdecimal() and len(count) < _LONGEST_COUNT:
                self.outlet.size(Size(place.id, what, int(count), "", f"{artifact.name}, {line.table.header[meaning]}"))
        members = [one for one in line.text("members").split(", ") if one]
        # A name may hold a comma: only where as many names stand there as are counted is each of them one.
        if members and str(len(members)) == line.value("member_count"):
            for member in members:
                account = self._id_of(place, "", member)
                self.outlet.rostered(Rostered(place.id, account, "member", f"{artifact.name}, Members"))

    def _place(self, line: Line) -> Conversation:
        artifact, partner = line.table.artifact, line.value("partner_id")
        number = line.value("chat_id") or partner
        name = line.value("chat") or line.value("partner") or partner
        if not number and not name:
            name = artifact.name
        return self._places.of(self.outlet, artifact.platform, number, name, artifact.kind)

    def _author(self, line: Line, place: Conversation) -> _Author:
        identifier, name = line.value("sender_id"), line.value("sender") or line.value("partner")
        if line.outgoing:
            # Tables of WhatsApp name the other one there, or nobody.
            own = identifier if place.platform != "whatsapp" else ""
            return _Author(self._id_of(place, own, name if own else _OWNER), _OWNER)
        if identifier.endswith("@g.us"):
            self.tally.doubt(_NO_SENDER, line.row.offset)
            return _Author(doubtful=True)
        identifier = identifier or line.value("partner_id")
        return _Author(self._id_of(place, identifier, name), name or identifier)

    def _id_of(self, place: Conversation, identifier: str, name: str = "") -> str:
        return self._parties.id_of(place.platform, place.id, identifier, name)

    def _made(self, line: Line, place: Conversation, kind: Kind, text: str, author: _Author) -> Message:
        local, utc, certainty, said = self._time(line.value("time"), line.row.offset)
        number = line.value("message_id")
        native = native_key(place.native or place.title, number) if number else ""
        return Message(
            self.seq, line.row.offset, line.row.length, native, place.id, author.key, author.name, kind.value,
            text, local, utc, certainty, said,
        )  # fmt: skip

    def _say(self, message: Message, *, doubtful: bool = False) -> None:
        self.outlet.message(message)
        self.seq += 1
        self.system += message.kind == Kind.SYSTEM
        self.doubtful += doubtful or not message.time_local

    def _time(self, said: str, offset: int, *, asked: bool = True) -> tuple[str, int | None, str, str]:
        """Local time, moment, certainty, and the table's words where they are no time."""
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            if asked:
                self.tally.doubt(_UNTOLD, offset)
            return "", None, Certainty.UNKNOWN.value, said[:_LONGEST_WORD]
        if at.utcoffset() is None:
            self.bare, at = True, at.replace(tzinfo=UTC)
        local, utc, certainty = moment((at - _EPOCH) // timedelta(milliseconds=1), self._zone)
        if asked:
            self.last = max(self.last, local)
            self.first = min(self.first or local, local)
        return local, utc, certainty, ""


def _content(line: Line) -> tuple[Kind, str]:
    """What a row is, and its text."""
    text, stated = line.text("text"), line.table.artifact.types.get(line.value("type"))
    if line.says("system") or stated is Kind.SYSTEM:
        return Kind.SYSTEM, text or line.value("system")
    if line.value("media") or line.value("media_name"):
        return Kind.MEDIA, text
    if line.says("deleted") and not text:
        return Kind.DELETED, text
    if line.says("latitude"):
        return Kind.LOCATION, text or f"{line.value('latitude')}, {line.value('longitude')}"
    if text:
        return Kind.TEXT, text
    return stated or Kind.WITHHELD, ""


def _files(line: Line) -> list[Carried]:
    """What came with the report, else what the telephone's database names."""
    if there := line.value("media"):
        return [Carried(inside(one)) for one in there.split(" | ")]
    listed = line.value("media_name")
    return [Carried(inside(listed), _ABSENT)] if listed else []
