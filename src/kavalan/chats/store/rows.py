"""Messages as rows of a store, as the words that are indexed, and as long texts that are known again."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from msgspec.structs import astuple

from kavalan.chats.model import Kind, Message
from kavalan.identifiers import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

_LONGEST_INDEXED: Final = 1 << 20
"""Characters of one text in which words are indexed."""
LONG: Final = 60
"""Characters of a text that two people do not happen to write alike."""
_SYSTEM: Final = Kind.SYSTEM.value
_FIRST: Final = 12
"""Fields up to the certainty of the time; nearly all messages have the usual value in all that follow."""
_USUAL: Final = astuple(Message(0, 0, 0, "", "", "", "", "", ""))[_FIRST:]
_ALL: Final = f"INSERT INTO message VALUES ({', '.join('?' * (_FIRST + len(_USUAL)))})"  # noqa: S608 marks
# What stands in the statement need not be handed over for every row.
_LITERAL: Final = ", ".join("''" if value == "" else str(int(value)) for value in _USUAL)
_SHORT: Final = f"INSERT INTO message VALUES ({', '.join('?' * _FIRST)}, {_LITERAL})"  # noqa: S608 our own


class Numbers(dict[str, int]):
    """Small numbers for long keys, given out from 1 on as keys are asked for."""

    def __missing__(self, key: str) -> int:
        """The next number."""
        number = self[key] = len(self) + 1
        return number


def keep_messages(
    base: sqlite3.Connection, messages: Iterable[Message], conversations: Mapping[str, int], accounts: Mapping[str, int]
) -> None:
    """Insert messages."""
    short: list[tuple[object, ...]] = []
    others: list[tuple[object, ...]] = []
    for message in messages:
        row = astuple(message)
        sender = accounts[row[5]] if row[5] else None
        if row[_FIRST:] == _USUAL:
            short.append((*row[:4], conversations[row[4]], sender, *row[6:_FIRST]))
        else:
            others.append((*row[:4], conversations[row[4]], sender, *row[6:]))
    base.executemany(_SHORT, short)
    base.executemany(_ALL, others)


def keep_words(base: sqlite3.Connection, messages: Iterable[Message]) -> None:
    """Index the words of messages, and keep by what long texts are known again."""
    words: list[tuple[int, str]] = []
    long: list[tuple[int, str]] = []
    for message in messages:
        text = message.text
        if len(text) >= LONG and message.kind != _SYSTEM and (digest := digest_of(text)):
            long.append((message.seq, digest))
        if text:
            text = text[:_LONGEST_INDEXED]
            words.append((message.seq, text if text.isascii() else " ".join(map(_folded, text.split(" ")))))
    base.executemany("INSERT INTO word (rowid, text) VALUES (?, ?)", words)
    base.executemany("INSERT INTO long_text VALUES (?, ?)", long)


def digest_of(text: str) -> str:
    """By what a long text is known again in any chat: 32 hexadecimal digits; empty for one that is too short.

    Case, spaces, and the spellings that folding makes one do not count; anything else does.
    """
    plain = " ".join(fold(text[:_LONGEST_INDEXED]).split())
    return sha256(plain.encode()).hexdigest()[:32] if len(plain) >= LONG else ""


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    """People use the same words again and again, and folding is what an index of Malayalam costs."""
    return fold(word)
