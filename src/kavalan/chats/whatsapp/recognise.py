"""By which files an export of WhatsApp is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.chats.candidates import Found
from kavalan.chats.whatsapp.title import is_export

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate


def exported_text(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """Texts that are called as telephones call them; a file that is named alone may be called anything."""
    for one in candidates:
        if one.named or is_export(one.name):
            yield Found("whatsapp-text", (one.name,))
