"""By which files a telephone's databases are known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_SQLITE: Final = b"SQLite format 3\0"
_STORE: Final = re.compile(r"msgstore[^/]*\.db", re.IGNORECASE)
_ENCRYPTED: Final = re.compile(r"(?:msgstore|wa)[^/]*\.db\.crypt\d+", re.IGNORECASE)


def message_store(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """`msgstore.db` and its dated copies, each with its log, and with `wa.db` of the same folder.

    Encrypted backups are known too, so that it is said what to do with them.
    """
    there = {one.name: one for one in candidates}
    for one in candidates:
        if _ENCRYPTED.fullmatch(one.last):
            yield Found("whatsapp-android", (one.name,))
        if not (_STORE.fullmatch(one.last) and one.head.startswith(_SQLITE)):
            continue
        folder = one.name.removesuffix(one.last)
        book = f"{folder}wa.db"
        with_it = [f"{one.name}-wal"]
        if book in there and there[book].head.startswith(_SQLITE):
            with_it += [book, f"{book}-wal"]
        yield Found("whatsapp-android", (one.name, *(name for name in with_it if name in there)))
