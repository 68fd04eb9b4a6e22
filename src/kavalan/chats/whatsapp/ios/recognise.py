"""By which files an iPhone's databases are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_SQLITE: Final = b"SQLite format 3\0"
_STORE: Final = "ChatStorage.sqlite"
_BOOK: Final = "ContactsV2.sqlite"
# A backup of an iPhone calls each file by the SHA-1 of `DOMAIN-PATH`; these are of WhatsApp, and of WhatsApp Business.
_BACKED_UP: Final = {
    "7c7fba66680ef796b916b067077cc246adacf01d": "b8548dc30aa1030df0ce18ef08b882cf7ab5212f",
    "724bd3b98b18518b455a87c1f3ac3a0d189c4466": "d7246a707f51ddf8b17ee2dddabd9e0a4da5c552",
}
IN_BACKUPS: Final = (*_BACKED_UP, *_BACKED_UP.values())
"""How the databases are called in a backup that iTunes, Finder or an extraction made: messages, then names."""


def chat_storage(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """`ChatStorage.sqlite` with its log, and with `ContactsV2.sqlite` of the same folder, or both of one backup."""
    databases = {one.name: one for one in candidates if one.head.startswith(_SQLITE)}
    there = {one.name for one in candidates}
    for one in databases.values():
        folder = one.name.removesuffix(one.last)
        if one.last == _STORE:
            book = f"{folder}{_BOOK}"
        elif one.last in _BACKED_UP:
            name = _BACKED_UP[one.last]
            # Each lies in a folder of its first two digits, or all in one.
            split = folder.endswith(f"{one.last[:2]}/")
            book = f"{folder.removesuffix(f'{one.last[:2]}/')}{name[:2]}/{name}" if split else f"{folder}{name}"
        else:
            continue
        with_it = [f"{one.name}-wal", *([book, f"{book}-wal"] if book in databases else [])]
        yield Found("whatsapp-ios", (one.name, *(name for name in with_it if name in there)))
