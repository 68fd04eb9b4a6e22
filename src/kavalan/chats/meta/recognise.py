"""By which files conversations of Facebook and Instagram are known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_BEGINS: Final = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:participants|messages|threadName)"\s*:\s*[\[\"]')
_NUMBERED: Final = re.compile(r"message_(\d{1,6})\.json")
_OWN_WORDS: Final = (b'"sender_name"', b'"senderName"', b'"participants"', b'"threadName"')


def conversation_json(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """The files `message_1.json`, `message_2.json` of one folder are one conversation; any other file is its own."""
    folders: dict[str, list[tuple[int, str]]] = {}
    for one in candidates:
        if not _BEGINS.match(one.head) or not any(said in one.head for said in _OWN_WORDS):
            continue
        if found := _NUMBERED.fullmatch(one.last):
            folders.setdefault(one.name.removesuffix(one.last), []).append((int(found[1]), one.name))
        else:
            yield Found("meta-json", (one.name,))
    for numbered in folders.values():
        yield Found("meta-json", tuple(name for _, name in sorted(numbered)))
