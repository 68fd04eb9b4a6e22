"""What a message of a database is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kavalan.chats.model import Kind


class Content(NamedTuple):
    """What a message is.

    Attributes:
        kind: of it.
        text: as written; of what has none, what the rows beside it say.
        media_name: the file it carries, as the telephone names it.
        media_note: why the file may not be there.
        media_sha256: as the database states it.
    """

    kind: Kind
    text: str
    media_name: str = ""
    media_note: str = ""
    media_sha256: str = ""
