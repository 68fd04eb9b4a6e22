"""What stands around the messages of a conversation: its name, its number, who is in it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from kavalan.chats.loose import row, short, word
from kavalan.chats.meta.mojibake import put_right

if TYPE_CHECKING:
    from typing import BinaryIO

_LONGEST: Final = 1 << 20
_NUMBER: Final = re.compile(r"_(\d{5,25})$")
_PAIR: Final = 2


class Thread(NamedTuple):
    """A conversation.

    Attributes:
        title: as it is shown.
        folder: in which it lies; empty where the file does not say it.
        participants: who is in it, as named.
        left: the exporter is no longer in it.
    """

    title: str
    folder: str
    participants: tuple[str, ...]
    left: bool

    @property
    def kind(self) -> str:
        """`direct` between two; empty where nobody is named."""
        return ("direct" if len(self.participants) <= _PAIR else "group") if self.participants else ""

    @property
    def number(self) -> str:
        """A group's own number.

        What stands behind the name of a talk between two is the other's number, which their talks with others have too.
        """
        found = _NUMBER.search(self.folder) if self.kind == "group" else None
        return found[1] if found else ""


def thread_of(source: BinaryIO, first: int, end: int) -> Thread:
    """What a file says before its first message, and behind its last.

    Args:
        source: the file.
        first: where its first message begins.
        end: where the last ends; neither is asked for where there are none.
    """
    source.seek(0)
    told = row(_decoded(source.read(min(first, _LONGEST)) + b"]}"))
    source.seek(end)
    told |= row(_decoded(b'{"messages":[' + source.read(_LONGEST)))
    named = told.get("participants")
    names = [row(one).get("name") if isinstance(one, dict) else one for one in named] if isinstance(named, list) else []
    return Thread(
        plain(told.get("title") or told.get("threadName")),
        plain(told.get("thread_path")).rstrip("/").rpartition("/")[2],
        tuple(filter(None, map(plain, names))),
        told.get("is_still_participant") is False,
    )


def plain(value: Any) -> str:  # noqa: ANN401 whatever a file holds
    """A name or a path as it was meant, as any database takes it; of a longer one its beginning."""
    return short(put_right(word(value))[0])


def _decoded(data: bytes) -> Any:  # noqa: ANN401 whatever a file holds
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    return None
