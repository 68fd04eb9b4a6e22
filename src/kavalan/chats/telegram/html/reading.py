"""A chat's pages as messages, in one pass and in memory that does not grow with them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.chats.clock import zone_named
from kavalan.chats.errors import ChatError
from kavalan.chats.keys import conversation_key
from kavalan.chats.model import LONGEST_TEXT, TOO_LONG, Act, Certainty, Conversation, Event, Flag, Kind, Message
from kavalan.chats.outlet import Outlet
from kavalan.chats.people import People
from kavalan.chats.pieces import pieces_of
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.telegram import bounds
from kavalan.chats.telegram.html.blocks import Blocks
from kavalan.chats.telegram.html.content import content_of
from kavalan.chats.telegram.html.service import Said, understood
from kavalan.chats.telegram.html.tree import MOST, meant, parse, read
from kavalan.chats.telegram.texts import Link
from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request
    from kavalan.chats.telegram.html.blocks import Block
    from kavalan.chats.telegram.html.tree import Node

_FORM: Final = "Telegram Desktop, pages"
_TITLE: Final = re.compile(rb'<div class="page_header">.*?<div class="text bold">\s*([^<]{0,4096})', re.DOTALL)
_MOMENT: Final = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d:\d\d:\d\d)(?: UTC([+-]\d\d):(\d\d))?")
_DAY: Final = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_NUMBER: Final = re.compile(r"message(-?\d{1,19})")
_ANSWERED: Final = re.compile(r"#go_to_message(\d{1,19})\Z")
_VIA: Final = re.compile(r" via @\w{1,64}\Z")
_NOBODY: Final = {"", "Deleted", "Deleted Account"}
"""What Telegram writes in place of a name that it does not know: not always of the same person."""
_UNSUPPORTED: Final = "This message is not supported by this version of Telegram Desktop"
_MOST_AUTHORS: Final = 1 << 17
_UNDECODED: Final = re.compile("[\udc80-\udcff]")


_PAGE: Final = re.compile(r"(?:.*/)?messages(\d{0,6})\.html", re.DOTALL)
_NO_NUMBERS: Final = (
    "pages have no numbers of accounts, and no list of members or administrators: people are known by their names alone"
)
_NO_TIMES: Final = "pages have the day of Telegram's own lines, and not their time"


def read_pages(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a chat's pages, in their order; the report comes last.

    Raises:
        ChatError: no message lies in them.
    """
    return _PagesReader(request, source).read()


class _PagesReader:
    """Reads the pages of one chat."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        self._pages = pieces_of(source, request)
        self._offsets = {one.name: one.offset for one in request.pieces}
        self._zone = zone_named(request.zone)
        self._outlet = Outlet(request.region)
        self._tally = Tally()
        self._key = conversation_key("telegram", request.source, "")
        self._people = People("telegram", self._key, self._outlet)
        self._authors: set[str] = set()
        self._sender = ("", "")
        self._sent_on = self._day = self._title = ""
        self._seq = self._system = self._doubtful = self._unread = 0
        self._first, self._last = "~", ""
        self._local, self._whole, self._odd = False, True, False
        self._lost = _missing(list(self._pages))

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        for name, page in self._pages.items():
            blocks = Blocks(page)
            self._sender, self._sent_on = ("", ""), ""
            for block in blocks.all():
                if not self._title:
                    self._enter(blocks.head)
                self._take(block, self._offsets.get(name, 0) + block.offset)
                yield from self._outlet.ready()
        if not self._title:
            raise ChatError("no messages of Telegram lie in it")
        yield from self._outlet.rest()
        yield self._report()

    def _enter(self, head: bytes) -> None:
        found = _TITLE.search(head)
        self._title = bounds.name(meant(found[1].decode(errors="replace")).strip() if found else "") or "(no title)"
        self._outlet.conversation(Conversation(self._key, "telegram", "", self._title, ""))

    def _take(self, block: Block, offset: int) -> None:
        try:
            data = block.data.decode()
        except UnicodeDecodeError:
            data = block.data.decode(errors="surrogateescape")
        message = next(parse(data).nodes(), None)
        number = _NUMBER.fullmatch(message.attributes.get("id", "")) if message is not None else None
        self._whole &= block.ended
        day = self._separated(message) if message is not None and (number is None or int(number[1]) < 0) else ""
        if message is None or (number is None and not day):
            self._tally.unreadable("a message without a number", offset)
            self._unread += len(block.data)
        elif number is None or int(number[1]) < 0:
            self._day = day or self._day
        else:
            flags = [Flag.UNDECODABLE] if _UNDECODED.search(data) else []
            self._odd = data.count("<") > MOST
            if self._odd:
                self._tally.doubt("a message of more tags than are followed; its text alone is whole", offset)
            told = Message(
                self._seq, offset, len(block.data), f"chat/{number[1]}", self._key, "", "", Kind.TEXT.value, ""
            )
            self._say(told, message, flags)

    def _separated(self, message: Node) -> str:
        """The day that a line between messages names; empty where it names none."""
        found = _DAY.fullmatch(message.text().strip())
        if found is None or found[2] not in _MONTHS:
            return ""
        return f"{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"

    def _say(self, told: Message, message: Node, flags: list[Flag]) -> None:
        links = self._service(told, message) if message.has("service") else self._written(told, message)
        if len(told.text) > LONGEST_TEXT:
            flags.append(Flag.CUT)
            self._tally.doubt(TOO_LONG, told.offset)
        told.flags = " ".join(flags)
        self._doubtful += self._odd or bool(flags) or not told.time_local
        if told.time_local:
            self._first, self._last = min(self._first, told.time_local), max(self._last, told.time_local)
        self._outlet.message(told)
        for link in links:
            self._outlet.link(self._seq, link)
        self._seq += 1

    def _written(self, told: Message, message: Node) -> list[Link]:
        """What somebody wrote; its author stands at the first of several messages."""
        body = next((one for one in message.nodes() if one.has("body")), message)
        forwarded = next((one for one in body.nodes() if one.has("forwarded", "body")), None)
        self._named(body, message)
        told.sender_id, told.sender_name = self._sender
        told.forwarded_from = self._first_author(forwarded)
        content = content_of(body)
        text = (forwarded or body).own("text")
        said, links = read(text) if text is not None else (content.words, [])
        # Telegram sends no text with blanks at its ends: those of a page are its layout.
        before = len(said) - len(said.lstrip(" \n"))
        links = [Link(max(0, one.start - before), max(0, one.end - before), one.href) for one in links]
        told.kind, told.text = content.kind.value, storable(said.strip(" \n"))
        told.media_name, told.media_note = bounds.line(content.file), bounds.line(content.note)
        if (reply := (forwarded or body).own("reply_to")) is not None:
            told.reply_to = _answered(reply)
        date = body.own("date", "details")
        self._timed(told, date.attributes.get("title", "") if date is not None else "")
        return links

    def _named(self, body: Node, message: Node) -> None:
        name = body.own("from_name")
        if name is not None:
            shown = _VIA.sub("", name.text().strip())
            shown = bounds.name(shown)
            self._sender = ("" if shown in _NOBODY else self._people.id_of(shown), shown)
            if shown not in _NOBODY and len(self._authors) < _MOST_AUTHORS:
                self._authors.add(shown)
        elif not message.has("joined"):
            self._sender = ("", "")

    def _first_author(self, forwarded: Node | None) -> str:
        """Who wrote it first and when; of several sent on together, that stands at the first."""
        if forwarded is None:
            self._sent_on = ""
            return ""
        name = forwarded.own("from_name")
        if name is not None:
            date = name.first("date")
            shown = "".join(one for one in name.inside if isinstance(one, str)).strip()
            when = date.attributes.get("title", "") if date is not None else ""
            self._sent_on = f"{_VIA.sub('', shown) or '(not named)'}{when and f' ({when})'}"
        return bounds.line(self._sent_on or "(not named)")

    def _timed(self, told: Message, title: str) -> None:
        found = _MOMENT.fullmatch(title.strip())
        if found is None:
            told.time_text = bounds.name(title)
            self._tally.doubt("a message without a time that can be read", told.offset)
            return
        day, month, year, clock, hours, minutes = found.groups()
        try:
            local = datetime.fromisoformat(f"{year}-{month}-{day}T{clock}")
        except ValueError:
            told.time_text = title
            self._tally.doubt("a message without a time that can be read", told.offset)
            return
        told.time_local, told.time_certainty = local.isoformat(), Certainty.LOCAL.value
        try:
            if hours is not None:
                ahead = timedelta(hours=int(hours), minutes=int(f"{hours[0]}{minutes}"))
                told.time_utc = int(local.replace(tzinfo=timezone(ahead)).timestamp()) * 1000
                told.time_certainty = Certainty.EXACT.value
            elif self._zone is not None:
                told.time_utc = int(local.replace(tzinfo=self._zone).timestamp()) * 1000
                told.time_certainty = Certainty.ZONE_GIVEN.value
        except (ValueError, OverflowError):
            self._tally.doubt("a message whose offset from UTC cannot be", told.offset)
        self._local |= told.time_utc is None

    def _service(self, told: Message, message: Node) -> list[Link]:
        """What Telegram wrote; of its time only the day is known."""
        self._sender, self._sent_on = ("", ""), ""
        body = message.own("body") or message
        line, links = read(body)
        told.text, told.time_local = storable(line.strip()), self._day
        told.time_certainty = Certainty.LOCAL.value if self._day else Certainty.UNKNOWN.value
        told.reply_to = _answered(body)
        if told.text.startswith(_UNSUPPORTED):
            told.kind = Kind.WITHHELD.value
            return []
        self._system += 1
        told.kind = Kind.SYSTEM.value
        said = understood(told.text, self._authors)
        if said is None:
            self._tally.doubt("a line that is not understood, or may say several things; kept as it is", told.offset)
            self._odd = True
            said = Said(Act.OTHER)
        told.sender_name = bounds.name(said.actor)
        told.sender_id = self._id_of(told.sender_name)
        self._event(told, said)
        return links

    def _event(self, told: Message, said: Said) -> None:
        source = f"telegram/html/{said.rule}" if said.rule else ""
        names = tuple(map(bounds.name, said.targets))
        ids = tuple(map(self._id_of, names))
        value = bounds.line(said.value)
        event = Event(self._seq, said.act.value, told.sender_name, told.sender_id, names, ids, value, "", source)
        if said.act is Act.CREATED and said.targets:
            self._outlet.event(msgspec.structs.replace(event, targets=(), target_ids=()))
            event.act = Act.ADDED.value
        for part in bounds.parted(event):
            self._outlet.event(part)

    def _id_of(self, name: str) -> str:
        return "" if name in _NOBODY else self._people.id_of(name)

    def _report(self) -> Reading:
        return self._tally.into(
            Reading(
                form=_FORM,
                messages=self._seq,
                system=self._system,
                understood=self._seq - self._doubtful,
                unread_bytes=self._unread,
                first="" if self._first == "~" else self._first,
                last=self._last,
                date_order=DateOrder("dmy", "stated", "certain", told="Telegram Desktop writes day, month, year"),
                warnings=self._warnings(),
            )
        )

    def _warnings(self) -> list[str]:
        told = {
            "one author alone: perhaps only the exporter's own messages were exported": len(self._authors) == 1,
            "some times are local to the machine that wrote the export: it does not say its zone": self._local,
            "a page ends within a message: it is not whole": not self._whole,
            f"{self._lost} pages are missing between those that are there": self._lost,
            _NO_NUMBERS: True,
            _NO_TIMES: self._system,
        }
        return [warning for warning, holds in told.items() if holds]


def _answered(node: Node) -> str:
    """The message that a link leads to."""
    for one in node.all():
        if found := _ANSWERED.search(one.attributes.get("href", "")):
            return f"chat/{found[1]}"
    return ""


def _missing(names: list[str]) -> int:
    """How many pages the numbers of those that are there leave out."""
    numbers = {int(found[1] or 1) for found in map(_PAGE.fullmatch, names) if found}
    return max(numbers) - len(numbers) if numbers else 0
