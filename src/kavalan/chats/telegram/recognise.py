"""By which files an export of Telegram is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kavalan.chats.candidates import Found

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kavalan.chats.candidates import Candidate

_PAGE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<!DOCTYPE html>", re.IGNORECASE)
_OF_MESSAGES: Final = re.compile(rb'class="(?:page_body chat_page|message (?:default|service)\b)')
_NUMBERED: Final = re.compile(r"messages(\d{0,6})\.html")
_TYPED: Final = re.compile(rb'\{\s*"(?:_|@type)"\s*:\s*"[A-Za-z.]')
_DATABASE: Final = b"SQLite format 3\0"
_MARKS: Final = b"\xef\xbb\xbf \t\r\n"


def desktop_json(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """`result.json`, wherever it lies; a file that is named alone may be called anything."""
    for one in candidates:
        if (one.named or one.last == "result.json") and one.head.lstrip(_MARKS).startswith(b"{"):
            yield Found("telegram-json", (one.name,))


def desktop_pages(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """`messages.html`, `messages2.html` and so on of one folder are one chat; one that is named alone is its own."""
    folders: dict[str, list[tuple[int, str]]] = {}
    for one in candidates:
        if not _PAGE.match(one.head) or not _OF_MESSAGES.search(one.head):
            continue
        if found := _NUMBERED.fullmatch(one.last):
            folders.setdefault(one.name.removesuffix(one.last), []).append((int(found[1] or 1), one.name))
        elif one.named:
            yield Found("telegram-html", (one.name,))
    for numbered in folders.values():
        yield Found("telegram-html", tuple(name for _, name in sorted(numbered)))


def dump(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """JSON, in one piece or in lines, whose objects name their types as Telegram's own interface does."""
    for one in candidates:
        if one.head.lstrip(_MARKS)[:1] in {b"{", b"["} and _TYPED.search(one.head):
            yield Found("telegram-dump", (one.name,))


def cache(candidates: Sequence[Candidate]) -> Iterator[Found]:
    """`cache4.db`, with its log where that lies beside it."""
    names = {one.name for one in candidates}
    for one in candidates:
        if one.last == "cache4.db" and one.head.startswith(_DATABASE):
            yield Found("telegram-android", tuple(name for name in (one.name, f"{one.name}-wal") if name in names))
