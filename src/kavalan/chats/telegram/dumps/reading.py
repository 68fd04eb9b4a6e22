"""A dump as messages and lists of members, in memory that does not grow with its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from kavalan.chats.clock import NO_ZONE
from kavalan.chats.errors import ChatError
from kavalan.chats.loose import row, rows, word
from kavalan.chats.model import Flag
from kavalan.chats.telegram.dumps.objects import objects
from kavalan.chats.telegram.dumps.tdlib import TDLIB
from kavalan.chats.telegram.dumps.telethon import TELETHON
from kavalan.chats.telegram.dumps.values import native as native_of
from kavalan.chats.telegram.mending import mended
from kavalan.chats.telegram.telling import Telling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from kavalan.chats.model import Batch, Part
    from kavalan.chats.reading import Reading
    from kavalan.chats.request import Request
    from kavalan.chats.telegram.dumps.objects import Typed
    from kavalan.chats.telegram.told import Scheme

_FORM: Final = "Telegram, dump of Telethon or TDLib"
_SCHEMES: Final = (TELETHON, TDLIB)
_ALL: Final = frozenset().union(*(types for scheme in _SCHEMES for types in scheme[:6]))
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, MemoryError)
_MENDED: Final = "its JSON was broken and was mended"
_BROKEN: Final = "an object whose JSON cannot be read, nor mended"
_WHOSE: Final = "a list of members that does not say of which chat"


def read_dump(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a dump, in its order; the report comes last.

    Raises:
        ChatError: nothing that Telegram knows lies in it.
    """
    return _DumpReader(request, source).read()


class _DumpReader:
    """Reads one dump."""

    def __init__(self, request: Request, source: BinaryIO) -> None:
        self._file = source
        self._telling = Telling(request)
        self._objects = self._unread = 0
        self._whole = True

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it, after all names."""
        telling = self._telling
        for one in objects(self._file, _ALL):
            self._gather(one)
        telling.directory.settle()
        for native in list(telling.directory.groups):
            telling.enter(native)
            yield from telling.outlet.ready()
        for one in objects(self._file, _ALL):
            self._take(one)
            yield from telling.outlet.ready()
        if not self._objects:
            raise ChatError("nothing of Telegram lies in it")
        yield from telling.outlet.rest()
        yield telling.report(_FORM, self._warnings(), self._unread)

    def _gather(self, one: Typed) -> None:
        """Names, of lists and of what is within them; what cannot be read is told the second time."""
        self._objects += 1
        if any(one.type in scheme.messages for scheme in _SCHEMES):
            return
        try:
            self._name(one.type, row(msgspec.json.decode(one.data)))
        except _UNREADABLE:
            return

    def _name(self, type_: str, told: dict[str, Any]) -> None:
        for scheme in _SCHEMES:
            if type_ in scheme.people:
                self._telling.directory.add_person(scheme.person(told))
            elif type_ in scheme.groups | scheme.full and "full_chat" not in told:
                self._telling.directory.add_group(scheme.group(type_, told))
        if full := row(told.get("full_chat")):
            self._name(_type(full), full)
        for key in ("chats", "users"):
            for inner in rows(told.get(key)):
                self._name(_type(inner), inner)

    def _take(self, one: Typed) -> None:
        scheme = next(scheme for scheme in _SCHEMES if scheme.knows(one.type))
        told, flags = self._decoded(one)
        if told is not None and one.type in scheme.messages:
            self._telling.say(scheme.note(one.type, told), one.offset, len(one.data), flags)
        elif told is not None and one.type not in scheme.people | scheme.groups:
            self._list(scheme, one, told)

    def _decoded(self, one: Typed) -> tuple[dict[str, Any] | None, list[Flag]]:
        tally = self._telling.tally
        for data, flags in ((one.data, []), (mended(one.data), [Flag.REPAIRED])):
            try:
                told = msgspec.json.decode(data)
            except _UNREADABLE:
                continue
            if flags:
                tally.doubt(_MENDED, one.offset)
            return row(told), flags
        tally.unreadable(_BROKEN if one.ended else "the file ends within an object", one.offset)
        self._unread += len(one.data)
        self._whole &= one.ended
        return None, []

    def _list(self, scheme: Scheme, one: Typed, told: dict[str, Any]) -> None:
        """A list of members, alone or within what is told of a chat in full."""
        if "full_chat" in told:
            told = {**row(told["full_chat"]), "chats": told.get("chats")}
        held = row(told.get("participants")) or row(told.get("participant")) or told
        found = list(scheme.members(_type(held) or one.type, held))
        if not found:
            return
        chat = self._chat_of(told, held)
        if not chat:
            self._telling.tally.doubt(_WHOSE, one.offset)
            return
        for member in found:
            self._telling.member(chat, member)

    def _chat_of(self, told: dict[str, Any], held: dict[str, Any]) -> str:
        """By its own word, by the one chat that came with it, or as the only one of the dump."""
        if own := native_of("chat", held.get("chat_id")):
            return own
        beside = [found for one in rows(told.get("chats")) if (found := TELETHON.group(_type(one), one).native)]
        return beside[0] if len(beside) == 1 else self._telling.directory.only()

    def _warnings(self) -> list[str]:
        telling = self._telling
        told = {
            NO_ZONE: not telling.has_zone,
            f"{telling.counted} messages have counts of views or forwards: they stand in the dump": telling.counted,
            "a dump says nothing of what was not asked for: neither messages nor members need be all": True,
            "no list of members lies in it": not telling.listed,
            "the file ends within an object: it is not whole": not self._whole,
        }
        return [warning for warning, holds in told.items() if holds]


def _type(told: dict[str, Any]) -> str:
    """The name of an object's type, without that of its space."""
    return word(told.get("_") or told.get("@type")).rpartition(".")[2]
