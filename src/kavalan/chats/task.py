"""The task that runs in the sandbox: read one source of chats. Only workers import it."""

from __future__ import annotations

import zoneinfo
from importlib import import_module
from typing import TYPE_CHECKING, Final

from kavalan.chats.errors import ChatError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.reading import Reading
    from kavalan.chats.request import Request

# The machine's own zones lie where a confined process may not look; those of the package `tzdata` do not.
zoneinfo.reset_tzpath(())

_READERS: Final = {
    "whatsapp-text": "kavalan.chats.whatsapp.text:read_text",
    "whatsapp-android": "kavalan.chats.whatsapp.android.reading:read_database",
    "whatsapp-ios": "kavalan.chats.whatsapp.ios.reading:read_database",
    "telegram-json": "kavalan.chats.telegram.reading:read_json",
    "telegram-html": "kavalan.chats.telegram.html.reading:read_pages",
    "telegram-dump": "kavalan.chats.telegram.dumps.reading:read_dump",
    "telegram-android": "kavalan.chats.telegram.android.reading:read_cache",
    "leapp-tsv": "kavalan.chats.leapp.reading:read_tables",
    "table": "kavalan.chats.tables.reading:read_table",
    "ufdr": "kavalan.chats.ufdr.reading:read_report",
    "discord-json": "kavalan.chats.discord.reading:read_json",
    "meta-json": "kavalan.chats.meta.reading:read_json",
    "email": "kavalan.chats.email.reading:read_mail",
}


def read(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in one source, in its order; the report comes last.

    Raises:
        ChatError: it is not what it was said to be.
    """
    if request.form not in _READERS:
        message = f"{request.form}: no such form"
        raise ChatError(message)
    # Imported when first needed: a worker that is given texts has no use for what reads JSON.
    module, name = _READERS[request.form].split(":")
    reader: Callable[[BinaryIO, Request], Iterator[Batch | Part | Reading]] = getattr(import_module(module), name)
    yield from reader(source, request)
