"""Messages of an iPhone's database, chat by chat in the order in which the telephone shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.model import Act, Event, Kind
from kavalan.chats.whatsapp.accounts import NOBODY
from kavalan.chats.whatsapp.content import Content
from kavalan.chats.whatsapp.ios.chats import Chats
from kavalan.chats.whatsapp.ios.content import Contents
from kavalan.chats.whatsapp.ios.metadata import metadata_of
from kavalan.chats.whatsapp.ios.people import People
from kavalan.chats.whatsapp.jid import Jid
from kavalan.chats.whatsapp.telling import Telling
from kavalan.chats.whatsapp.values import LONGEST_LINE, since_1970, whole, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.database import Value
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.ios.chats import Chat
    from kavalan.chats.whatsapp.ios.metadata import Metadata
    from kavalan.chats.whatsapp.opened import Opened

_WANTED: Final = (
    "ZCHATSESSION", "ZISFROMME", "ZSTANZAID", "ZGROUPMEMBER", "ZFROMJID", "ZMESSAGEDATE", "ZMESSAGETYPE",
    "ZGROUPEVENTTYPE", "ZTEXT", "ZPARENTMESSAGE",
)  # fmt: skip
_ORDER: Final = ("ZCHATSESSION", "ZSORT")
_CHANGE: Final = ("ZGROUPJID", "ZCHANGEDATE", "ZCHANGETYPE", "ZMEMBERJIDS")
_PAID: Final = (
    "ZGROUPJID", "ZSENDERJID", "ZRECEIVERJID", "ZTIMESTAMP", "ZCURRENCY", "ZAMOUNT_1000", "ZTRANSACTIONID",
    "ZBANKTRANSACTIONID", "ZMESSAGESTANZAID",
)  # fmt: skip
_MOST_QUOTES: Final = 500_000
_MOST_NAMED: Final = 1024
_HELD: Final = 1 << 17


class Messages(Telling):
    """As `Telling`."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        base, tell = opened.base, opened.tally.doubt
        self.people = People(opened)
        self._chats = Chats(opened, self.people)
        self._contents = Contents(base, self._doubt)
        self._members = base.lookup("ZWAGROUPMEMBER", "Z_PK", ("ZMEMBERJID", "ZCONTACTNAME"), tell)
        self._held = base.lookup("ZWAMEDIAITEM", "Z_PK", ("ZMETADATA",), tell)
        self._parents = base.lookup("ZWAMESSAGE", "Z_PK", ("ZSTANZAID",), tell)
        self._concerned: dict[int, Who] = {}
        self._quoted = dict(self._quotes())
        """Rows of media that quote a message, by its key, until the message itself is told."""
        self._answers: dict[str, tuple[int, Chat, Who]] = {}
        """By whom, and where, what is still in `_quoted` was written; and which row quotes it."""

    def read(self) -> Iterator[None]:
        """Tell everything, a little at each step."""
        for _ in self._chats.all():
            yield
        for row in self._base.walk("ZWAMESSAGE", _WANTED, self._tally.unreadable, order=_ORDER):
            self._take(*row)
            yield
        for key, (number, chat, author) in self._answers.items():
            if key in self._quoted:
                text = self._text_of(self._quoted[key])
                self._recover(number, (chat.id, f"{chat.native}/{key}"), author, None, text)
                yield
        for row in self._base.walk("ZWAGROUPMEMBERSCHANGE", _CHANGE, self._tally.unreadable):
            self._changed(*row)
            yield
        for row in self._base.walk("ZWAZ1PAYMENTTRANSACTION", _PAID, self._tally.unreadable):
            self._paid(*row)
            yield
        yield from self._chats.roster()

    def warnings(self) -> Iterator[str]:
        """What the database lacks, and what of it is not copied."""
        own = self.people.own
        yield (
            f"the telephone's own messages are those of {own.phone or own}: the database says so"
            if own is not None
            else "the database does not say whose telephone it is: its own messages are by `You`"
        )
        if self._base.has("ZWAMESSAGEINFO"):
            asked = "SELECT count(*) FROM ZWAMESSAGEINFO WHERE ZRECEIPTINFO IS NOT NULL"
            for (count,) in self._counted(asked):
                if count:
                    yield f"in the database, and not copied: receipts and reactions of {whole(count)} messages"

    def _take(  # noqa: PLR0917 a row of the table
        self,
        row: Value,
        in_chat: Value,
        mine: Value,
        key: Value,
        member: Value,
        address: Value,
        at: Value,
        of_type: Value,
        event: Value,
        written: Value,
        parent: Value,
    ) -> None:
        number, chat = whole(row), self._chats.of(whole(in_chat))
        content, metadata = self._contents.of(number, of_type, written)
        concerned = self._member(whole(member))
        author = self._author(concerned, chat, address, mine=bool(mine))
        reply = self._answered(number, chat, metadata, whole(parent))
        native, flags = word(key), ""
        quoted = self._quoted.pop(native, 0)
        if content.kind is Kind.SYSTEM:
            content, author = self._system(number, concerned, event, content), NOBODY
        elif content.kind is Kind.DELETED:
            text, flags = self._deleted(number, self._text_of(quoted) if quoted else "")
            content = Content(Kind.DELETED, text)
        place = (chat.id, f"{chat.native}/{native or f'Z_PK {number}'}")
        self._tell(number, place, author, since_1970(at), content, reply=reply, forwards=metadata.forwards, flags=flags)

    def _member(self, row: int) -> Who:
        if row not in self._concerned:
            if len(self._concerned) >= _HELD:
                self._concerned.clear()
            found = self._members.of(row) if row else None
            self._concerned[row] = NOBODY if found is None else self.people.of(found[1], found[2])
        return self._concerned[row]

    def _author(self, concerned: Who, chat: Chat, address: Value, *, mine: bool) -> Who:
        if mine:
            return self.people.me
        if concerned is not NOBODY or not isinstance(address, str):
            return concerned if concerned is not NOBODY else chat.partner
        # In a group it is the group's.
        return self.people.of(address) if Jid.of(word(address)).chat_kind == "direct" else chat.partner

    def _answered(self, number: int, chat: Chat, metadata: Metadata, parent: int) -> str:
        """The number of the message that is answered."""
        if metadata.answers in self._quoted:
            self._answers[metadata.answers] = (number, chat, self.people.of(metadata.author))
        row = self._parents.of(parent) if parent else None
        key = metadata.answers or word(row[1] if row is not None else None)
        return f"{chat.native}/{key}" if key else ""

    def _system(self, number: int, concerned: Who, event: Value, content: Content) -> Content:
        """A line of WhatsApp's own: whom it concerns stands there, and not whether they did it or had it done."""
        line = f"ZGROUPEVENTTYPE {word(event)}"
        whom = () if concerned is NOBODY else (concerned,)
        names, ids = tuple(one.name for one in whom), tuple(one.id for one in whom)
        value = word(content.text, LONGEST_LINE)
        told = Event(self.count, Act.OTHER.value, "", "", names, ids, value, source=f"whatsapp/ios/{line}")
        self._said(number, [told])
        return content._replace(text=content.text or line)

    def _changed(self, row: Value, group: Value, at: Value, change: Value, members: Value) -> None:
        """A change of a group's members; what its number means nobody has said."""
        number, chat = whole(row), self._chats.of_text(word(group))
        whom = [self.people.of(one) for one in word(members, LONGEST_LINE).replace(",", " ").split()[:_MOST_NAMED]]
        line = f"ZCHANGETYPE {word(change)}"
        names, ids = tuple(one.name for one in whom), tuple(one.id for one in whom)
        source = f"whatsapp/ios/ZWAGROUPMEMBERSCHANGE, {line}"
        self._said(number, [Event(self.count, Act.OTHER.value, "", "", names, ids, source=source)])
        place = (chat.id, f"{chat.native}/change {number}")
        self._tell(number, place, NOBODY, since_1970(at), Content(Kind.SYSTEM, line))

    def _paid(  # noqa: PLR0917 a row of the table
        self,
        row: Value,
        group: Value,
        payer: Value,
        payee: Value,
        at: Value,
        currency: Value,
        thousandths: Value,
        key: Value,
        bank: Value,
        message: Value,
    ) -> None:
        number, author, other = whole(row), self.people.of(payer), self.people.of(payee)
        address = word(group) or word(payee if author is self.people.me else payer)
        chat = self._chats.of_text(address)
        told = (
            f"{word(currency)} {whole(thousandths) / 1000:.2f}",
            f"to {other.name}" if other.name else "",
            word(key),
            word(bank),
        )
        content = Content(Kind.PAYMENT, ", ".join(filter(None, told)))
        reply = f"{chat.native}/{word(message)}" if message else ""
        self._tell(number, (chat.id, f"{chat.native}/payment {number}"), author, since_1970(at), content, reply=reply)

    def _text_of(self, row: int) -> str:
        """The text that a row of media quotes."""
        found = self._held.of(row)
        return "" if found is None else metadata_of(found[1]).quoted

    def _quotes(self) -> Iterator[tuple[str, int]]:
        count = 0
        for row, held in self._base.walk("ZWAMEDIAITEM", ("ZMETADATA",), self._tally.doubt):
            metadata = metadata_of(held)
            if metadata.answers and metadata.quoted:
                count += 1
                if count > _MOST_QUOTES:
                    self._tally.doubt(f"more than {_MOST_QUOTES} quotes: the rest is not looked at", whole(row))
                    return
                yield metadata.answers, whole(row)
