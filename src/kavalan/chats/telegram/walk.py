"""Where the chats and messages of an export begin and end, whatever its layout; only what names a chat is decoded.

One broken message then costs itself, and every message has its place. Telegram Desktop writes each message's braces on
lines of their own, at one depth: there all that are held are parted at once, as are those that others write in a row.
Elsewhere, and for a message of which not all is held, the end is found by counting braces outside of strings.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from kavalan.chats.errors import ChatError
from kavalan.chats.telegram.braces import STRING, end_of_object
from kavalan.chats.telegram.mending import mended
from kavalan.chats.telegram.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_TOKEN: Final = re.compile(STRING + rb'|[{}\[\]:,"]|[^\s{}\[\]:,"]+', re.DOTALL)
_HEAD: Final = re.compile(rb'\{"[^"\\]{1,60}":')
_OBJECTS: Final = msgspec.json.Decoder(list[msgspec.Raw]).decode
_DEEPEST: Final = 200
_LONGEST_ON_LINES: Final = 8 << 20
"""Bytes in which a message's last line is looked for before its braces are counted."""
_LONGEST_NAME: Final = 10_000
_AT_ONCE: Final = 1 << 18
"""Bytes in which messages are parted at once, however many are held."""
_WIDEST: Final = 200
"""Bytes in which a line's beginning is looked for."""


class Chat(NamedTuple):
    """A chat, by what stands before its messages.

    Attributes:
        number: of the chat in the file, from 0.
        id: as written; empty where there is none.
        type: as written.
        name: as written; empty where there is none.
        left: it is among those that the exporter has left.
    """

    number: int
    id: str
    type: str
    name: str
    left: bool


class Run(NamedTuple):
    """Messages that follow each other.

    Attributes:
        chat: in which they are.
        offset: of the first byte of the first.
        pieces: the bytes of each, from brace to brace.
        gap: bytes between two of them.
        ended: the file goes on to the end of the last.
    """

    chat: Chat
    offset: int
    pieces: list[bytes]
    gap: int = 0
    ended: bool = True


class _Frame:
    """An object or an array that is open."""

    def __init__(self, key: str, *, is_array: bool) -> None:
        self.key = key
        self.is_array = is_array
        self.told: dict[str, str] = {}


class Walk:
    """Goes over a file once.

    Attributes:
        complete: the outermost brace was closed.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.complete = False
        self._window = Window(source)
        self._frames: list[_Frame] = []
        self._chats = 0
        self._keeps_lines = True
        self._key = self._string = ""

    def runs(self) -> Iterator[Run]:
        """The messages in their order, as many at once as are held.

        Raises:
            ChatError: it is nested deeper than any export, or holds something too large.
        """
        while (token := self._token()) is not None:
            if token == b"{" and self._in_messages():
                yield from self._messages(self._chat())
            else:
                self._structure(token)

    def _token(self) -> bytes | None:
        window = self._window
        while True:
            found = _TOKEN.search(window.data, window.at)
            # What touches the end of the window may go on behind it.
            if found is not None and found.end() < len(window.data) and found[0] != b'"':
                window.at = found.end()
                return found[0]
            if found is None:
                window.at = len(window.data)
            else:
                window.at = found.start()
            if not window.more():
                if found is None or found[0] == b'"':
                    return None
                window.at = len(found[0])
                return found[0]

    def _structure(self, token: bytes) -> None:
        first = token[:1]
        if first in b"{[":
            if len(self._frames) >= _DEEPEST:
                raise ChatError("it is nested deeper than any export")
            self._frames.append(_Frame(self._key, is_array=first == b"["))
            self._key = ""
        elif first in b"}]":
            if self._frames:
                self._frames.pop()
            self.complete = not self._frames
            self._key = ""
        elif first == b":":
            self._key = self._string
        elif first == b",":
            self._key = ""
        else:
            self._value(token)

    def _value(self, token: bytes) -> None:
        """A string, a number or a word; a value is kept where it may tell something of a chat."""
        self._string = _plain(token)
        if self._key in {"id", "type", "name"} and self._frames and token != b"null":
            self._frames[-1].told[self._key] = self._string

    def _in_messages(self) -> bool:
        return len(self._frames) > 1 and self._frames[-1].is_array and self._frames[-1].key == "messages"

    def _chat(self) -> Chat:
        told = self._frames[-2].told
        self._chats += 1
        left = any(frame.key == "left_chats" for frame in self._frames)
        return Chat(self._chats - 1, told.get("id", ""), told.get("type", ""), told.get("name", ""), left)

    def _messages(self, chat: Chat) -> Iterator[Run]:
        """The messages of one array, whose first brace is passed; ends behind the array's bracket."""
        window = self._window
        while True:
            window.at -= 1
            yield self._run(chat)
            # Whatever else stands between two messages is what a broken one left behind.
            while (token := self._token()) not in {b"{", b"]", None}:
                pass
            if token != b"{":
                if token is not None:
                    self._structure(token)
                return

    def _run(self, chat: Chat) -> Run:
        """The objects from where the window stands, as far as it holds them whole; one at least."""
        window = self._window
        if window.at + 1 == len(window.data):
            window.more()
        data, at = window.data, window.at
        line = data.rfind(b"\n", max(0, at - _WIDEST), at)
        indent = data[line:at] if line >= 0 else b""
        if not indent or indent.strip() or data[at + 1 : at + 2] not in {b"\n", b"\r"}:
            return self._in_a_row(chat)
        closing, between = indent + b"}", b"," + indent
        held, parted = at + _AT_ONCE, closing + between + b"{"
        end = data.rfind(parted, at, held) + len(closing)
        if end >= at + len(closing) and (pieces := _parted(data[at:end], between)):
            window.at = end
            return Run(chat, window.base + at, pieces, len(between))
        # One of them is broken, or the array ends. No comma follows its last; those of the next chat stand as deep.
        ended = data.find(closing + data[at + 1 : at + 2], at, held)
        last = data.rfind(parted, at, ended if ended >= 0 else held)
        if last < 0:
            return self._on_lines(chat, closing) if self._keeps_lines else self._counted(chat)
        found = data[at + 1 : last].split(parted)
        window.at = last + len(closing)
        return Run(chat, window.base + at, [b"{%b%b" % (one, closing) for one in found], len(between))

    def _in_a_row(self, chat: Chat) -> Run:
        """The objects of one line, as far as they begin alike; where what lies between is not sure, the first alone."""
        window = self._window
        data, at = window.data, window.at
        if (head := _HEAD.match(data, at)) is None:
            return self._counted(chat)
        for between in (b", ", b","):
            last = data.rfind(b"}" + between + head[0], at, at + _AT_ONCE)
            if last >= 0 and (pieces := _parted(data[at : last + 1], between)):
                window.at = last + 1
                return Run(chat, window.base + at, pieces, len(between))
        return self._counted(chat)

    def _on_lines(self, chat: Chat, closing: bytes) -> Run:
        """The object whose brace is closed on a line of its own."""
        window = self._window
        searched = window.at
        while len(window.data) - window.at < _LONGEST_ON_LINES:
            found = window.data.find(closing, searched)
            if found >= 0:
                return self._taken(chat, found + len(closing))
            searched = max(window.at, len(window.data) - len(closing)) - window.at
            if not window.more():
                break
        # Who breaks the layout once may do so at every message, and each would be looked for to the end.
        self._keeps_lines = False
        return self._counted(chat)

    def _counted(self, chat: Chat) -> Run:
        window = self._window
        end = end_of_object(window)
        if end is not None:
            return self._taken(chat, end)
        run = Run(chat, window.base + window.at, [window.data[window.at :]], ended=False)
        window.at = len(window.data)
        return run

    def _taken(self, chat: Chat, end: int) -> Run:
        window = self._window
        run = Run(chat, window.base + window.at, [window.data[window.at : end]])
        window.at = end
        return run


def _parted(data: bytes, between: bytes) -> list[bytes]:
    """The objects of a row, where nothing else lies between them; else none."""
    try:
        found = [bytes(one) for one in _OBJECTS(b"[%b]" % data)]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return []
    return found if between.join(found) == data else []


def _plain(token: bytes) -> str:
    if not token.startswith(b'"'):
        return token[:_LONGEST_NAME].decode(errors="replace")
    if len(token) > _LONGEST_NAME:
        return ""
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.json.decode(mended(token), type=str)
    return token[1:-1].decode(errors="replace")
