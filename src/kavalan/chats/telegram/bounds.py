"""How long what is said may be, so that each record fits its frame; the rest stands in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from kavalan.sandbox import storable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.model import Event

LONGEST_NAME: Final = 300
"""Characters of a name; Telegram takes 128 of a chat, 64 and 64 of a person."""
_LONGEST_LINE: Final = 4000
_MOST_TARGETS: Final = 50


def name(text: str) -> str:
    """A name, a number, a path."""
    return storable(text if len(text) <= LONGEST_NAME else text[:LONGEST_NAME])


def line(text: str) -> str:
    """Anything else but a message's text."""
    return storable(text if len(text) <= _LONGEST_LINE else text[:_LONGEST_LINE])


def parted(event: Event) -> Iterator[Event]:
    """An event that concerns many as several that concern some of them each."""
    for start in range(0, max(1, len(event.targets)), _MOST_TARGETS):
        end = start + _MOST_TARGETS
        yield (
            msgspec.structs.replace(event, targets=event.targets[start:end], target_ids=event.target_ids[start:end])
            if len(event.targets) > _MOST_TARGETS
            else event
        )
