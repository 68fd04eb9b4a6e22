"""Mail as messages: a thread is a conversation, who is written to is in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.email.bounds import bounds
from kavalan.chats.email.headers import Address, addresses, header, ids, sent
from kavalan.chats.email.letter import LONGEST, Letter, letter_of
from kavalan.chats.email.threads import Threads
from kavalan.chats.errors import ChatError
from kavalan.chats.further import Carried, further
from kavalan.chats.keys import conversation_key
from kavalan.chats.model import LONGEST_TEXT, TOO_LONG, Conversation, Flag, Kind, Message, Rostered
from kavalan.chats.outlet import Outlet
from kavalan.chats.people import People
from kavalan.chats.pieces import pieces_of
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.telegram.texts import Link
from kavalan.chats.times import UNTOLD, Times

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.email.bounds import Bounds
    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request
    from kavalan.chats.times import Time

_FORM: Final = "e-mail"
_ANSWER: Final = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.IGNORECASE)
_ROLES: Final = ("To", "Cc", "Bcc")
_HELD: Final = 1 << 17
_LONGEST_TITLE: Final = 500
_TOO_LONG: Final = f"a message of more than {LONGEST >> 20} MiB, of which only its beginning is read"


def read_mail(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a mailbox, or in single messages, in the order of the source; the report comes last.

    Raises:
        ChatError: it is no mail.
    """
    return _MailReader(request, source).read()


class _MailReader:
    """Reads one source."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        offsets = {piece.name: piece.offset for piece in request.pieces}
        self._files = [(offsets.get(name, 0), file) for name, file in pieces_of(source, request).items()]
        self._source = request.source
        self._times = Times(request.zone)
        self._outlet = Outlet(request.region)
        self._tally = Tally()
        self._people = People("email", request.source, self._outlet)
        self._threads = Threads()
        self._told: set[str] = set()
        self._listed: set[tuple[str, str]] = set()
        self._seq = self._doubtful = self._unread = 0

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        for offset, file in self._files:
            for place in bounds(file):
                file.seek(place.start)
                self._take(file.read(min(place.end - place.start, LONGEST)), place, offset)
                yield from self._outlet.ready()
        if not self._seq:
            raise ChatError("it is no mail: neither a mailbox nor a message with headers")
        yield from self._outlet.rest()
        yield self._report()

    def _take(self, data: bytes, place: Bounds, base: int) -> None:
        offset = base + place.offset
        letter = letter_of(data)
        if not list(letter.mail.raw_items()):
            self._tally.unreadable("bytes that are no message: no header stands at their beginning", offset)
            self._unread += place.end - place.offset
            return
        faults = [_TOO_LONG] * (place.end - place.start > LONGEST) + letter.faults
        number = next(iter(ids(letter.mail, "Message-ID")), "")
        before = ids(letter.mail, "References") or ids(letter.mail, "In-Reply-To")
        conversation = self._conversation(letter, self._threads.root_of(number, before), offset)
        author = next(iter(addresses(letter.mail, "From")), None)
        sender = self._id_of(author) if author else ""
        time, said = self._time(letter, offset)
        subject = header(letter.mail, "Subject")
        text = "\n\n".join(filter(None, (subject, letter.text)))
        faults = [*faults, TOO_LONG] if len(text) > LONGEST_TEXT else faults
        for fault in faults:
            self._tally.doubt(fault, offset)
        flags = [Flag.CUT] if faults else []
        if letter.torn:
            flags.append(Flag.UNDECODABLE)
        files = letter.files or [Carried("")]
        answered = ids(letter.mail, "In-Reply-To") or before[-1:]
        message = Message(
            self._seq, offset, place.end - place.offset, number, conversation, sender,
            (author.name or author.address) if author else "", (Kind.MEDIA if letter.files else Kind.TEXT).value, text,
            *time, said, next(iter(answered), ""), media_name=files[0].name, media_note=files[0].note,
            flags=" ".join(flags), media_sha256=files[0].sha256,
        )  # fmt: skip
        self._doubtful += bool(flags) or not time[0]
        for one in (message, *further(message, files)):
            self._outlet.message(one)
        for link in letter.links:
            self._outlet.link(self._seq, Link(len(text), len(text), link))
        self._seq += len(files)

    def _conversation(self, letter: Letter, root: str, offset: int) -> str:
        """The thread's key; everybody to whom the message is written is in the thread."""
        key = conversation_key("email", f"{self._source}/{offset}", root)
        if key not in self._told:
            if len(self._told) >= _HELD:
                self._told.clear()
            self._told.add(key)
            title = _ANSWER.sub("", header(letter.mail, "Subject"), count=1)[:_LONGEST_TITLE]
            self._outlet.conversation(Conversation(key, "email", root, title, "thread"))
        for role in _ROLES:
            for one in addresses(letter.mail, role):
                self._list(key, self._id_of(one), role)
        return key

    def _list(self, conversation: str, account: str, role: str) -> None:
        if (conversation, account) in self._listed:
            return
        if len(self._listed) >= _HELD:
            self._listed.clear()
        self._listed.add((conversation, account))
        self._outlet.rostered(Rostered(conversation, account, "member", f"e-mail, {role}"))

    def _id_of(self, one: Address) -> str:
        return self._people.id_of(one.name or one.address, one.address)

    def _time(self, letter: Letter, offset: int) -> tuple[Time, str]:
        """The time and, where it cannot be told, the words in which it is stated."""
        at, said = sent(letter.mail)
        told = UNTOLD if at is None else self._times.of(at)
        if not told[0]:
            self._tally.doubt("a message without a date that can be read", offset)
        return told, "" if told[0] else said[:_LONGEST_TITLE]

    def _report(self) -> Reading:
        warnings = [
            "a message's date and sender are its sender's word: nothing here checks them",
            "a copy that was sent unseen (Bcc) names its receiver only in the sender's own mailbox",
        ]
        return self._tally.into(
            Reading(
                form=_FORM,
                messages=self._seq,
                understood=self._seq - self._doubtful,
                unread_bytes=self._unread,
                first=self._times.first,
                last=self._times.last,
                date_order=DateOrder("dmy", "stated", "certain", told="months are written as words (RFC 5322)"),
                warnings=self._times.warnings() + warnings,
            )
        )
