"""By which files mail is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found
from kavalan.chats.email.bounds import FROM_LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_MAILBOX: Final = re.compile(FROM_LINE)
_HEADERS: Final = re.compile(
    rb"(?:[!-9;-~]{1,76}:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:From|Date|Received|Message-ID):", re.IGNORECASE
)


def mail(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """A mailbox by its first line, whatever it is called; the messages of one folder as one source."""
    folders: dict[str, list[str]] = {}
    for one in candidates:
        if _MAILBOX.match(one.head):
            yield Found("email", (one.name,))
        elif one.last.lower().endswith(".eml"):
            folders.setdefault(one.name.removesuffix(one.last), []).append(one.name)
        elif one.named and _HEADERS.match(one.head):
            yield Found("email", (one.name,))
    for names in folders.values():
        yield Found("email", tuple(sorted(names)))
