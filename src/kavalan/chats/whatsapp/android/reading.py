"""WhatsApp's database of Android, `msgstore.db`, with its log and with `wa.db` where they came with it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from kavalan.chats.clock import NO_ZONE
from kavalan.chats.database import Database
from kavalan.chats.errors import ChatError
from kavalan.chats.outlet import Outlet
from kavalan.chats.pieces import pieces_of
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.whatsapp.android.messages import Messages
from kavalan.chats.whatsapp.android.old import OldMessages
from kavalan.chats.whatsapp.moments import Moments
from kavalan.chats.whatsapp.opened import Opened, about_files, address_book
from kavalan.chats.whatsapp.values import whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request

_ENCRYPTED: Final = ".crypt"
_NONE: Final = (
    "no messages of WhatsApp lie in it: it has neither a table `message` nor one `messages`. A database is known by the"
    " name that telephones give it: msgstore.db, ChatStorage.sqlite, Telegram's cache4.db"
)
_IPHONE: Final = "it is an iPhone's database: call it ChatStorage.sqlite, and name it again"
_MADE_OVER: Final = """SELECT min(_id), count(*), (SELECT max(_id) FROM messages), (SELECT max(_id) FROM message)
    FROM messages WHERE key_remote_jid != '-1' AND _id NOT IN (SELECT _id FROM message)"""
"""Of the older table: messages that the newer has not."""


def read_database(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a database, in its order; the report comes last.

    Raises:
        ChatError: it is encrypted, no database, or one without messages of WhatsApp.
    """
    files = pieces_of(source, request)
    main = next(iter(files))
    if _ENCRYPTED in main.rpartition("/")[2]:
        message = (
            "it is a backup that WhatsApp encrypted: decrypt it first, with the key that the unit lawfully holds (the"
            " telephone's file `key` or `encrypted_backup.key`, or the 64 digits that its owner gave; wa-crypt-tools"
            " does it), and name the msgstore.db that comes of it"
        )
        raise ChatError(message)
    with ExitStack() as opened:
        base = opened.enter_context(Database(files[main], files.get(f"{main}-wal")))
        yield from _AndroidReader(request, base, *address_book(files, main, opened)).read()


class _AndroidReader:
    """Reads one database."""

    def __init__(self, request: Request, base: Database, names: Database | None, fault: str) -> None:
        self._base = base
        self._names = names
        self._fault = fault
        self._outlet = Outlet(request.region)
        self._tally = Tally()
        self._moments = Moments(request.zone)
        if not (base.has("message", "chat_row_id") or base.has("messages", "key_remote_jid")):
            raise ChatError(_IPHONE if base.has("ZWAMESSAGE") else _NONE)
        reads = OldMessages if self._is_old() else Messages
        self._messages = reads(Opened(base, names, request.source, self._outlet, self._moments, self._tally))

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it."""
        for _ in self._messages.read():
            yield from self._outlet.ready()
        yield from self._outlet.rest()
        yield self._report()

    def _is_old(self) -> bool:
        """Whether the messages stand in the older table: until they were all made over, they do."""
        if not self._base.has("messages", "key_remote_jid"):
            return False
        if not self._base.has("message", "chat_row_id"):
            return True
        first, missing, last_old, last = (whole(value) for value in next(self._base.rows(_MADE_OVER)))
        if missing and last_old >= last:
            return True
        if missing:
            reason = f"{missing} rows of the older table `messages` that the newer one has not; they are not read"
            self._tally.unreadable(reason, first)
        return False

    def _report(self) -> Reading:
        messages = self._messages
        return self._tally.into(
            Reading(
                form=messages.FORM,
                messages=messages.count,
                system=messages.system,
                understood=messages.count - messages.doubtful,
                first=self._moments.first,
                last=self._moments.last,
                date_order=DateOrder("ymd", "stated", "certain", told="moments are numbers"),
                warnings=[*self._warnings(), *messages.warnings()],
            )
        )

    def _warnings(self) -> Iterator[str]:
        if not self._moments.named:
            yield NO_ZONE
        yield from about_files(self._base, self._names, self._fault, ("msgstore.db", "wa.db"))
