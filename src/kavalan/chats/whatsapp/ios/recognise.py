"""By which files an iPhone's databases are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_SQLITE: Final = b"SQLite format 3\0"
_BOOK: Final = "ContactsV2.sqlite"


def chat_storage(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """`ChatStorage.sqlite` with its log, and with `ContactsV2.sqlite` of the same folder."""
    there = {one.name: one for one in candidates}
    for one in candidates:
        if one.last != "ChatStorage.sqlite" or not one.head.startswith(_SQLITE):
            continue
        book = f"{one.name.removesuffix(one.last)}{_BOOK}"
        with_it = [f"{one.name}-wal"]
        if book in there and there[book].head.startswith(_SQLITE):
            with_it += [book, f"{book}-wal"]
        yield Found("whatsapp-ios", (one.name, *(name for name in with_it if name in there)))
