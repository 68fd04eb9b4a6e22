"""Which form files have: told by their names and their first bytes, before anything of them is parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from kavalan.chats.candidates import Candidate, Found
from kavalan.chats.discord.recognise import channel_json
from kavalan.chats.email.recognise import mail
from kavalan.chats.leapp.recognise import tables
from kavalan.chats.meta.recognise import conversation_json
from kavalan.chats.tables.recognise import named_table
from kavalan.chats.telegram.recognise import cache, desktop_json, desktop_pages, dump
from kavalan.chats.ufdr.recognise import report
from kavalan.chats.whatsapp.android.recognise import message_store
from kavalan.chats.whatsapp.ios.recognise import chat_storage
from kavalan.chats.whatsapp.recognise import exported_text

HEAD: Final = 4096
"""Bytes of a file that a recogniser sees."""

COMPANIONS: Final = ("{}-wal", "wa.db", "wa.db-wal", "ContactsV2.sqlite", "ContactsV2.sqlite-wal")
"""Files beside one that is named alone which belong to it; `{}` is its name."""

Recogniser: TypeAlias = Callable[[Sequence[Candidate]], Iterator[Found]]

RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    # Those that know a file surely come before those that take what nobody else knows.
    report,
    message_store,
    chat_storage,
    tables,
    named_table,
    channel_json,
    conversation_json,
    mail,
    cache,
    desktop_pages,
    dump,
    desktop_json,
    exported_text,
)


def recognised(candidates: Sequence[Candidate]) -> list[Found]:
    """The sources among files; a file belongs to the first that takes it."""
    found: list[Found] = []
    free = {one.name: one for one in candidates}
    for recogniser in RECOGNISERS:
        for one in recogniser(list(free.values())):
            if all(name in free for name in one.names):
                found.append(one)
                for name in one.names:
                    del free[name]
    return found
