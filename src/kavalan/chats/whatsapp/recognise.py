"""By which files an export of WhatsApp is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found
from kavalan.chats.whatsapp.title import is_export

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_SQLITE: Final = b"SQLite format 3\0"


def exported_text(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """Texts that are called as telephones call them; a file that is named alone may be called anything."""
    for one in candidates:
        # A database that is called otherwise than telephones call it: its reader says what it is.
        if one.named and one.head.startswith(_SQLITE):
            yield Found("whatsapp-android", (one.name,))
        elif one.named or is_export(one.name):
            yield Found("whatsapp-text", (one.name,))
