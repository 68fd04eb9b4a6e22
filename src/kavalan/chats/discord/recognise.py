"""By which files a channel of Discord is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_BEGINS: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"guild"\s*:\s*\{')


def channel_json(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """Files that begin with the server, whatever they are called."""
    for one in candidates:
        if _BEGINS.match(one.head):
            yield Found("discord-json", (one.name,))
