"""Messages that carry several files, and lines that name many people: told in several records, so that none is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from kavalan.chats.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.model import Event, Message


_MOST_TARGETS: Final = 50
"""People whom one event names: more may not fit the frame in which it is sent."""


class Carried(NamedTuple):
    """A file that a message carries.

    Attributes:
        name: as `Message.media_name`.
        note: as `Message.media_note`.
        sha256: as `Message.media_sha256`.
    """

    name: str
    note: str = ""
    sha256: str = ""


def further(message: Message, files: Sequence[Carried]) -> Iterator[Message]:
    """A row for each file but the first, numbered after its message: `channel/message/2`.

    Their place is the end of the message's record, of which they are part.
    """
    for number, file in enumerate(files[1:], 2):
        yield msgspec.structs.replace(
            message,
            seq=message.seq + number - 1,
            offset=message.offset + message.length,
            length=0,
            native=f"{message.native or message.offset}/{number}",
            kind=Kind.MEDIA.value,
            text="",
            media_name=file.name,
            media_note=file.note,
            media_sha256=file.sha256,
        )


def in_parts(event: Event, targets: Sequence[tuple[str, str]]) -> Iterator[Event]:
    """An event with those to whom it was done, as often as so many take; once where there are none.

    Args:
        event: without targets.
        targets: the name and the account of each.
    """
    for start in range(0, max(1, len(targets)), _MOST_TARGETS):
        part = targets[start : start + _MOST_TARGETS]
        names, keys = tuple(name for name, _ in part), tuple(key for _, key in part)
        yield msgspec.structs.replace(event, targets=names, target_ids=keys)
