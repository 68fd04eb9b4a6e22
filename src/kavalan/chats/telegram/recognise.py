"""By which files an export of Telegram is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_MARKS: Final = b"\xef\xbb\xbf \t\r\n"


def desktop_json(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """`result.json`, wherever it lies; a file that is named alone may be called anything."""
    for one in candidates:
        if (one.named or one.last == "result.json") and one.head.lstrip(_MARKS).startswith(b"{"):
            yield Found("telegram-json", (one.name,))
