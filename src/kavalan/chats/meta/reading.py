"""A conversation of Facebook or Instagram as messages, the oldest first.

Two passes: one to know where the messages lie, for the newest stand first, and one to read them; in memory of twelve
bytes for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kavalan.chats.decoding import Decoding
from kavalan.chats.errors import ChatError
from kavalan.chats.further import Carried, further, in_parts
from kavalan.chats.keys import conversation_key
from kavalan.chats.loose import rows
from kavalan.chats.meta.content import Content, content_of
from kavalan.chats.meta.lines import Line, line_of
from kavalan.chats.meta.places import File, Places
from kavalan.chats.meta.record import Record
from kavalan.chats.meta.thread import Thread, plain, thread_of
from kavalan.chats.model import LONGEST_TEXT, TOO_LONG, Act, Conversation, Event, Flag, Kind, Message, Rostered
from kavalan.chats.outlet import Outlet
from kavalan.chats.people import People
from kavalan.chats.pieces import pieces_of
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.times import UNTOLD, Times

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.decoding import Piece
    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request
    from kavalan.chats.times import Time

_FORM: Final = "Facebook or Instagram, downloaded JSON"
_SUBSCRIPTIONS: Final = {"Subscribe": Act.ADDED, "Unsubscribe": Act.REMOVED}
_GONE: Final = {"facebook user", "instagram user"}
"""By which everybody is called whose account is closed."""
_TORN: Final = "a text of which a part is neither UTF-8 nor was it meant as Latin-1"
_TYPED: Final = "a line that reads like Messenger's own, and its author may have typed it"
_WORDS: Final = {"facebook": b"facebook", "instagram": b"instagram"}
_HEAD: Final = 1 << 16
_LEAST: Final = 10**11
"""Milliseconds until 1973, and seconds until the year 5138."""


def read_json(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a conversation, in the order of time; the report comes last.

    Raises:
        ChatError: no messages lie in it.
    """
    return _ThreadReader(request, source).read()


class _ThreadReader:
    """Reads one conversation."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        offsets = {piece.name: piece.offset for piece in request.pieces}
        files = [File(name, file, offsets.get(name, 0)) for name, file in pieces_of(source, request).items()]
        self._places = [Places(file) for file in files]
        self._thread = _together(self._places)
        self._platform = _platform(self._places)
        self._times = Times(request.zone)
        self._outlet = Outlet(request.region)
        self._tally = Tally()
        self._decoding = Decoding(Record, self._tally)
        self._key = conversation_key(self._platform, request.source, self._thread.number)
        self._people = People(self._platform, self._key, self._outlet)
        self._seq = self._system = self._doubtful = self._reactions = 0
        self._closed = False

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        if not any(map(len, self._places)) and not self._thread.participants:
            raise ChatError("no messages of Facebook or Instagram lie in it")
        self._begin()
        for piece in self._in_order():
            self._take(piece)
            yield from self._outlet.ready()
        yield from self._outlet.rest()
        yield self._report()

    def _begin(self) -> None:
        thread = self._thread
        note = "the exporter is no longer in it" if thread.left else ""
        told = Conversation(self._key, self._platform, thread.number, thread.title, thread.kind, note)
        self._outlet.conversation(told)
        for name in thread.participants:
            self._outlet.rostered(
                Rostered(self._key, self._id_of(name), "member", "the download's list of participants")
            )

    def _in_order(self) -> Iterator[Piece]:
        """The oldest first, by which way most of the times go."""
        back = sum(one.falling for one in self._places) > 0
        for place in reversed(self._places) if back else self._places:
            for piece in place.backwards() if back else place.forwards():
                yield piece._replace(offset=place.file.offset + piece.offset)

    def _take(self, piece: Piece) -> None:
        record, was_mended = self._decoding.record(piece)
        if record is None:
            return
        name = plain(record.sender_name or record.sender)
        sender = self._id_of(name) if name else ""
        content = content_of(record, self._thread.folder)
        line, typed = _system(record, content, name)
        flags = [Flag.REPAIRED] if was_mended else []
        if content.torn:
            flags.append(Flag.UNDECODABLE)
            self._tally.doubt(_TORN, piece.offset)
        if typed:
            flags.append(Flag.UNMARKED_SYSTEM)
            self._tally.doubt(_TYPED, piece.offset)
        if len(content.text) > LONGEST_TEXT:
            flags.append(Flag.CUT)
            self._tally.doubt(TOO_LONG, piece.offset)
        local, utc, certainty = self._time(record, piece.offset)
        files = content.files or [Carried("")]
        message = Message(
            self._seq, piece.offset, len(piece.data), "", self._key, sender, name,
            (content.kind if line is None else Kind.SYSTEM).value, content.text, local, utc, certainty,
            media_name=files[0].name, media_note=files[0].note, flags=" ".join(flags),
        )  # fmt: skip
        if line is not None:
            self._event(line, name, sender, record)
        elif content.call:
            called = Event(self._seq, Act.CALLED.value, name, sender, value=content.call, source="meta/call_duration")
            self._outlet.event(called)
        self._doubtful += bool(flags) or not local
        self._reactions += len(rows(record.reactions))
        for one in (message, *further(message, files)):
            self._outlet.message(one)
        self._seq += len(files)

    def _id_of(self, name: str) -> str:
        self._closed |= name.lower() in _GONE
        return self._people.id_of(name)

    def _time(self, record: Record, offset: int) -> Time:
        said: Any = record.timestamp if record.timestamp_ms is None else record.timestamp_ms
        told = UNTOLD
        if isinstance(said, int) and not isinstance(said, bool):
            # Downloads of 2018 and before state seconds.
            told = self._times.at(said if said >= _LEAST else said * 1000)
        if not told[0]:
            self._tally.doubt("a message without a time that can be read", offset)
        return told

    def _event(self, line: Line, name: str, sender: str, record: Record) -> None:
        self._system += 1
        targets = [(one, self._id_of(one)) for one in line.targets]
        source = f"meta/{record.type}" if record.type in _SUBSCRIPTIONS else f"meta/en/{line.act}"
        # Who removes somebody administers a group elsewhere; in Messenger any member could, as far as is remembered
        # until 2018. The message says who it was all the same.
        actor = "" if line.act is Act.REMOVED else sender
        event = Event(self._seq, line.act.value, name, actor, (), (), line.value, "", source)
        for one in in_parts(event, targets):
            self._outlet.event(one)

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
                date_order=DateOrder("ymd", "stated", "certain", told="times are moments"),
                warnings=self._warnings(),
            )
        )

    def _warnings(self) -> list[str]:
        told = {
            "whether it is of Facebook or of Instagram, nothing in it says": self._platform == "meta",
            "a file ends before its last brace: it is not whole": not all(one.complete for one in self._places),
            "messages have no numbers, and people no more than names: two of one name cannot be told apart": True,
            "some are called as everybody is whose account is closed: they may be several": self._closed,
            f"{self._reactions} reactions are not copied: they stand in the download": self._reactions,
        }
        return self._times.warnings() + [warning for warning, holds in told.items() if holds]


def _system(record: Record, content: Content, name: str) -> tuple[Line | None, bool]:
    """What the messenger itself says by a message, and whether somebody may have typed it."""
    if (act := _SUBSCRIPTIONS.get(record.type) if isinstance(record.type, str) else None) is not None:
        targets = tuple(filter(None, (plain(one.get("name")) for one in rows(record.users))))
        if targets == (name,):
            act = Act.JOINED if act is Act.ADDED else Act.LEFT
        return Line(act, targets), False
    line = line_of(content.text, name) if content.kind is Kind.TEXT else None
    return line, line is not None


def _together(places: list[Places]) -> Thread:
    """What the files say of the conversation; they all say the same, but for one that was cut."""
    told = [thread_of(one.file.source, one.first, one.end) for one in places]
    return max(told, key=lambda one: (bool(one.folder), bool(one.title), len(one.participants)))


def _platform(places: list[Places]) -> str:
    """Whose download it is: by the folder in which it lies, or by where its files do."""
    for place in places:
        place.file.source.seek(0)
        seen = place.file.name.lower().encode(errors="replace") + place.file.source.read(_HEAD)
        found = [name for name, folder in _WORDS.items() if b"your_%b_activity" % folder in seen]
        if len(found) == 1:
            return found[0]
    return "meta"
