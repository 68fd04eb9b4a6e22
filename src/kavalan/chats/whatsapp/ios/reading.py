"""WhatsApp's database of an iPhone, `ChatStorage.sqlite`, with its log and with `ContactsV2.sqlite` where they came."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from kavalan.chats.clock import NO_ZONE
from kavalan.chats.database import Database
from kavalan.chats.errors import ChatError
from kavalan.chats.outlet import Outlet
from kavalan.chats.pieces import pieces_of
from kavalan.chats.reading import DateOrder, Reading, Tally
from kavalan.chats.whatsapp.ios.messages import Messages
from kavalan.chats.whatsapp.moments import Moments
from kavalan.chats.whatsapp.opened import Opened, about_files, address_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.request import Request


def read_database(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a database, chat by chat; the report comes last.

    Raises:
        ChatError: it is no database, or one without messages of WhatsApp.
    """
    files = pieces_of(source, request)
    main = next(iter(files))
    with ExitStack() as opened:
        base = opened.enter_context(Database(files[main], files.get(f"{main}-wal")))
        if not base.has("ZWAMESSAGE", "ZCHATSESSION"):
            raise ChatError("no messages of WhatsApp lie in it: it has no table `ZWAMESSAGE`")
        names, fault = address_book(files, main, opened)
        told = Opened(base, names, request.source, Outlet(request.region), Moments(request.zone), Tally())
        yield from _read(told, fault)


def _read(opened: Opened, fault: str) -> Iterator[Batch | Part | Reading]:
    messages = Messages(opened)
    for _ in messages.read():
        yield from opened.outlet.ready()
    yield from opened.outlet.rest()
    reading = Reading(
        form="WhatsApp, database of an iPhone",
        messages=messages.count,
        system=messages.system,
        understood=messages.count - messages.doubtful,
        first=opened.moments.first,
        last=opened.moments.last,
        date_order=DateOrder("ymd", "stated", "certain", told="moments are numbers"),
        warnings=[*_warnings(opened, fault), *messages.warnings()],
    )
    yield opened.tally.into(reading)


def _warnings(opened: Opened, fault: str) -> Iterator[str]:
    if not opened.moments.named:
        yield NO_ZONE
    yield from about_files(opened.base, opened.names, fault, ("ChatStorage.sqlite", "ContactsV2.sqlite"))
