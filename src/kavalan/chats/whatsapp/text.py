"""An exported chat as messages, in one pass after the survey and in memory that does not grow with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.clock import zone_named
from kavalan.chats.keys import conversation_key
from kavalan.chats.model import LONGEST_TEXT, Act, Conversation, Event, Flag, Kind, Message
from kavalan.chats.outlet import Outlet
from kavalan.chats.people import People
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.whatsapp.body import Contents
from kavalan.chats.whatsapp.chunks import chunks, size
from kavalan.chats.whatsapp.header import CUT
from kavalan.chats.whatsapp.headers import Begun, Headers
from kavalan.chats.whatsapp.sequence import Sequence
from kavalan.chats.whatsapp.speaker import Speaker
from kavalan.chats.whatsapp.survey import Surveyor
from kavalan.chats.whatsapp.title import title_of
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request
    from kavalan.chats.whatsapp.chunks import Chunk
    from kavalan.chats.whatsapp.survey import Survey
    from kavalan.chats.whatsapp.templates import Said

_CAPS: Final = (40_000, 10_000)
"""Messages that an export holds at most, without and with media, as others report; WhatsApp publishes no figure."""
_NEAR_CAP: Final = 50
_DOUBTS: Final = {
    Flag.SUSPECT_BOUNDARY: "a message goes against the order of time, or its date is written in another way: it may be "
    "text of the message before",
    Flag.COLON_IN_NAME: "a name holds a colon: where it ends is not sure",
    Flag.UNMARKED_SYSTEM: "it reads like WhatsApp's own line, and nothing marks it as that",
    Flag.UNDECODABLE: "it holds NUL or bytes that are not UTF-8: shown as ␀ or \\xff",
    Flag.CUT: f"a text of more than {LONGEST_TEXT:,} characters: the rest stands in the export alone",
}
_UNTOLD: Final = "a time that cannot be told; the export's own words are kept"
_OTHER: Final = "a line of WhatsApp's own that is not understood; kept as it is"
_OF_GROUPS: Final = {
    Act.CREATED, Act.ADDED, Act.JOINED, Act.LEFT, Act.REMOVED, Act.PROMOTED, Act.DEMOTED, Act.RENAMED, Act.SETTING,
}  # fmt: skip


def read_text(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in an export, in its order; the report comes last.

    Raises:
        ChatError: no line of it begins like a message.
    """
    return _TextReader(request, Surveyor().survey(source)).read(source)


class _TextReader:
    """Reads one export."""

    def __init__(self, request: Request, survey: Survey) -> None:
        order = survey.order
        if request.order is not None:
            order = DateOrder(request.order, "given", "given", told="the examiner says so")
        self._order = order
        self._headers = Headers(survey, order, zone_named(request.zone))
        self._zone = request.zone
        self._conversation = conversation_key("whatsapp", request.source, "")
        self._outlet = Outlet(request.region)
        self._people = People("whatsapp", self._conversation, self._outlet)
        self._speaker = Speaker(survey)
        self._senders: dict[str, str] = {}
        self._contents = Contents(survey.omitted)
        self._sequence = Sequence()
        self._tally = Tally()
        self._title = title_of(request.name)
        self._begun: Begun | None = None
        self._body = ""
        self._more: list[str] = []
        self._length = 0
        self._flags: set[Flag] = set()
        self._offset = 0
        self._seq = self._system = self._doubtful = self._unread = 0
        self._doubted = -1
        self._first = self._last = ""
        self._group = False

    def read(self, source: BinaryIO) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        end = 0
        for chunk in chunks(source):
            self._chunk(chunk)
            yield from self._outlet.ready()
            end = chunk.offset + size(chunk.text)
        if self._more:
            self._more[-1] = self._more[-1].removesuffix("\n")
        else:
            self._body = self._body.removesuffix("\n")
        self._close(end, None)
        self._outlet.conversation(self._told())
        yield from self._outlet.rest()
        yield self._report()

    def _chunk(self, chunk: Chunk) -> None:
        pieces = iter(CUT.split(chunk.text))
        first = next(pieces)
        self._continue(first, chunk)
        place, told = chunk.offset + size(first), self._headers.begun
        for head, rest, body in zip(pieces, pieces, pieces, strict=True):
            begun = told(head, rest)
            if isinstance(begun, Begun):
                self._close(place + 1, begun.seconds)
                self._begun, self._offset = begun, place + 1
                self._body = body if chunk.clean else self._stored(body)
            else:
                if begun is not None:
                    self._tally.doubt(begun.why, place + 1)
                    self._flags.add(Flag.HEADER_IN_TEXT)
                self._continue(f"\n{head}{rest}{body}", chunk)
            place += 1 + size(head + rest + body)

    def _continue(self, piece: str, chunk: Chunk) -> None:
        """More of the message that has begun; what goes beyond the longest is only counted."""
        if not chunk.clean:
            piece = self._stored(piece)
        self._length = (self._length or len(self._body)) + len(piece)
        if piece and self._length - len(piece) <= LONGEST_TEXT:
            self._more.append(piece)

    def _stored(self, piece: str) -> str:
        stored = storable(piece)
        if stored != piece:
            self._flags.add(Flag.UNDECODABLE)
        return stored

    def _whole(self) -> str:
        """The text that has begun, with all that continues it."""
        body = "".join([self._body, *self._more])
        if self._length > LONGEST_TEXT:
            self._flags.add(Flag.CUT)
        self._more, self._length = [], 0
        return body

    def _close(self, end: int, following: int | None) -> None:
        """The message that has begun is whole.

        Args:
            end: of it, in bytes of the source.
            following: the next one's time in seconds.
        """
        body = self._whole() if self._length else self._body
        begun = self._begun
        if begun is None:
            self._preamble(body, end)
            return
        if self._sequence.suspect(begun.seconds, following) or begun.odd:
            self._flags.add(Flag.SUSPECT_BOUNDARY)
        length = end - self._offset
        if self._flags or not begun.local or not self._usual(begun, body, length):
            self._say(begun, body, length)
        self._seq += 1

    def _preamble(self, body: str, end: int) -> None:
        """What stands before the first message; a mark of the encoding is nothing."""
        if body.strip("\n\r\ufeff "):
            self._tally.unreadable("text before the first message", 0)
            self._unread += end

    def _usual(self, begun: Begun, body: str, length: int) -> bool:
        """Say a message of somebody who wrote before, with nothing doubtful, as nearly all are; False for another."""
        name, _, text = body.partition(self._speaker.colon)
        sender = self._senders.get(name)
        if sender is None or not self._speaker.is_theirs(text):
            return False
        if "\r" in text:
            text = _ended(text)
        local = begun.local
        if local > self._last:
            self._last = local
            self._first = self._first or local
        kind, media, note, edited = self._contents.of(text)
        self._outlet.message(
            Message(
                self._seq, self._offset, length, "", self._conversation, sender, name, kind._value_, text, local,
                begun.utc, begun.certainty, "", "", "", media, note, edited,
            )
        )  # fmt: skip
        return True

    def _say(self, begun: Begun, body: str, length: int) -> None:
        spoken = self._speaker.split(body)
        name, text, system, said = spoken.name, spoken.text, spoken.system, spoken.said
        if spoken.flags:
            self._flags.update(spoken.flags)
        if "\r" in text:
            text = _ended(text)
        kind, media, note, edited = self._contents.of(text)
        system = system and (said is not None or kind is Kind.TEXT)
        if system:
            kind = Kind.SYSTEM
        sender = self._people.id_of(name) if name else ""
        if self._speaker.knows(name):
            self._senders[name] = sender
        local = begun.local
        flags = ""
        if self._flags or not local:
            flags = self._doubt(local)
        elif local > self._last:
            self._last = local
            self._first = self._first or local
        message = Message(
            self._seq, self._offset, length, "", self._conversation, sender, name, kind._value_, text,
            local, begun.utc, begun.certainty, begun.text, "", "", media, note, edited, flags,
        )  # fmt: skip
        if system:
            self._event(said)
        self._outlet.message(message)

    def _doubt(self, local: str) -> str:
        """Count what is doubtful about a message; its flags."""
        flags, self._flags = self._flags, set()
        reasons = [_DOUBTS[flag] for flag in sorted(flags) if flag in _DOUBTS]
        if not local:
            reasons.append(_UNTOLD)
        for reason in reasons:
            self._tally.doubt(reason, self._offset)
        if reasons or Flag.HEADER_IN_TEXT in flags:
            self._count_doubtful()
        return " ".join(sorted(flags))

    def _count_doubtful(self) -> None:
        """Once, whatever there is to doubt about a message."""
        self._doubtful += self._doubted != self._seq
        self._doubted = self._seq

    def _event(self, said: Said | None) -> None:
        self._system += 1
        if said is None:
            self._tally.doubt(_OTHER, self._offset)
            self._count_doubtful()
            self._outlet.event(Event(self._seq, Act.OTHER.value))
            return
        self._group |= said.act in _OF_GROUPS
        if said.act in {Act.CREATED, Act.RENAMED} and said.value:
            self._title = said.value
        actor = self._people.id_of(said.actor) if said.actor else ""
        targets = tuple(map(self._people.id_of, said.targets))
        source = f"whatsapp/{said.name}"
        self._outlet.event(
            Event(self._seq, said.act.value, said.actor, actor, said.targets, targets, said.value, said.before, source)
        )

    def _told(self) -> Conversation:
        group = self._group or self._people.count > 2
        return Conversation(self._conversation, "whatsapp", "", self._title, "group" if group else "direct")

    def _report(self) -> Reading:
        return self._tally.into(
            Reading(
                form="WhatsApp, exported text",
                messages=self._seq,
                system=self._system,
                understood=self._seq - self._doubtful,
                unread_bytes=self._unread,
                first=self._first,
                last=self._last,
                date_order=self._order,
                warnings=self._warnings(),
            )
        )

    def _warnings(self) -> list[str]:
        found = [
            f"{self._seq:,} messages: exports are reported to end at about {cap:,}, the oldest are then missing"
            for cap in _CAPS
            if abs(self._seq - cap) <= _NEAR_CAP
        ]
        if not self._order.order:
            found.append("day and month cannot be told apart: say which comes first")
        elif self._order.confidence == "weak":
            found.append("day and month are told apart only by how such dates are usually written")
        if not self._zone:
            found.append("times are local to the telephone that wrote the export: it does not say its zone")
        return found


def _ended(text: str) -> str:
    """A text whose lines an iPhone ended."""
    return text.removesuffix("\r").replace("\r\n", "\n")
