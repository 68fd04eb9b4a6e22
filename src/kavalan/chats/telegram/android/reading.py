"""Telegram's database of Android, with its log: people, chats, cached lists of members, messages."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from kavalan.chats.clock import NO_ZONE
from kavalan.chats.database import Database
from kavalan.chats.errors import ChatError
from kavalan.chats.model import Kind
from kavalan.chats.pieces import pieces_of
from kavalan.chats.telegram.android import people
from kavalan.chats.telegram.android.members import member
from kavalan.chats.telegram.android.message import Row, note
from kavalan.chats.telegram.android.tl import UnknownError
from kavalan.chats.telegram.telling import Telling
from kavalan.chats.telegram.told import Group, Member, Note, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from kavalan.chats.database import Value
    from kavalan.chats.model import Batch, Part
    from kavalan.chats.reading import Reading
    from kavalan.chats.request import Request

_FORM: Final = "Telegram, cache4.db of Android"
_USERNAME: Final = ";;;"
_SECRET: Final = 1 << 60
"""Numbers of secret chats lie beyond, whichever sign they have."""


def read_cache(source: BinaryIO, request: Request) -> Iterator[Batch | Part | Reading]:
    """Everything in a database, in its order; the report comes last.

    Raises:
        ChatError: it is no database, or not one of Telegram.
    """
    files = pieces_of(source, request)
    main = next(iter(files))
    with ExitStack() as opened:
        base = opened.enter_context(Database(files[main], files.get(f"{main}-wal")))
        yield from _CacheReader(request, base).read()


class _CacheReader:
    """Reads one database."""

    def __init__(self, request: Request, base: Database) -> None:
        self._base = base
        self._telling = Telling(request)
        self._self = ""
        self._secret = 0
        self._table = next((name for name in ("messages_v2", "messages") if base.has(name, "mid", "uid", "data")), "")
        if not (self._table or base.has("chats", "uid", "data")):
            raise ChatError("nothing of Telegram lies in it: it has neither a table `messages_v2` nor one `chats`")

    def read(self) -> Iterator[Batch | Part | Reading]:
        """All of it: names first."""
        outlet = self._telling.outlet
        self._people()
        self._chats()
        for _ in self._rows("chat_settings_v2", ("uid", "info"), self._in_full):
            yield from outlet.ready()
        for native in list(self._telling.directory.groups):
            self._telling.enter(native)
            yield from outlet.ready()
        for table, take in (("channel_users_v2", self._listed), ("channel_admins_v3", self._listed)):
            for _ in self._rows(table, ("did", "uid", "data"), take):
                yield from outlet.ready()
        for _ in self._rows(self._table, ("mid", "uid", "date", "out", "data"), self._message, "date"):
            yield from outlet.ready()
        yield from outlet.rest()
        yield self._telling.report(_FORM, self._warnings())

    def _rows(self, table: str, columns: tuple[str, ...], take: Callable[..., None], order: str = "") -> Iterator[None]:
        """Take every row; one of an unknown form is told with its number, and costs itself."""
        for number, *values in self._base.walk(table, columns, self._telling.tally.unreadable, order):
            try:
                take(*values)
            except UnknownError as error:
                place = number if isinstance(number, int) else 0
                self._telling.tally.unreadable(f"a row of {table}: {error}; places are its number", place)
            yield

    def _people(self) -> None:
        for _ in self._rows("users", ("uid", "name", "data"), self._person):
            pass

    def _person(self, number: Value, name: Value, data: Value) -> None:
        found = _whole(number)
        try:
            told = people.user(_bytes(data), found)
        except UnknownError:
            # The column has the name in small letters, and the handle behind it.
            shown, _, handle = (name if isinstance(name, str) else "").partition(_USERNAME)
            self._telling.directory.add_person(Person(f"user{found}", shown.strip(), handle.strip()))
            return
        self._telling.directory.add_person(told.person)
        if told.is_self:
            self._self = told.person.native

    def _chats(self) -> None:
        for _ in self._rows("chats", ("uid", "name", "data"), self._chat):
            pass

    def _chat(self, number: Value, name: Value, data: Value) -> None:
        found = _whole(number)
        try:
            told = people.group(_bytes(data), found)
        except UnknownError:
            told = Group(f"channel{found}", name if isinstance(name, str) else "", "")
        self._telling.directory.add_group(told)

    def _in_full(self, number: Value, info: Value) -> None:
        native = self._native(-abs(_whole(number)))
        sizes, members = people.in_full(_bytes(info), abs(_whole(number)), is_channel=native.startswith("channel"))
        if native in self._telling.directory.groups:
            self._telling.directory.groups[native].sizes += sizes
        for one in members:
            self._member(native, one, "chat_settings_v2")

    def _listed(self, dialog: Value, _: Value, data: Value) -> None:
        self._member(self._native(-abs(_whole(dialog))), member(_bytes(data)), "channel_users_v2")

    def _member(self, native: str, one: Member, table: str) -> None:
        one.source = f"{table}, {one.source}"
        self._telling.member(native, one)

    def _message(self, number: Value, dialog: Value, date: Value, out: Value, data: Value) -> None:
        row = Row(_whole(number), _whole(dialog), _whole(date), bool(out), _bytes(data))
        if abs(row.dialog) >= _SECRET:
            self._secret += 1
            return
        told, sure = self._note(row)
        # The message knows whether its chat is a basic group or a channel; of two who write to each other it may name
        # either.
        if row.dialog > 0 or not told.chat.endswith(str(-row.dialog)):
            told.chat = self._native(row.dialog)
        if not told.sender and row.dialog > 0:
            told.sender = self._self if row.out else told.chat
        elif not told.sender and told.chat.startswith("channel"):
            told.sender = told.chat
        self._telling.say(told, 0, 0, [], sure=sure)

    def _note(self, row: Row) -> tuple[Note, bool]:
        tally = self._telling.tally
        try:
            told, sure = note(row)
        except UnknownError as error:
            tally.doubt(f"a message {error}: its time and its chat alone are known; places are its number", row.number)
            return Note("", str(row.number), row.date * 1000, kind=Kind.WITHHELD, media_note=str(error)), False
        if not sure:
            tally.doubt("a message of which only the text is known; places are its number", row.number)
        return told, sure

    def _native(self, dialog: int) -> str:
        """A chat by a dialog's number, which does not say whether it is a basic group or a channel."""
        if dialog >= 0:
            return f"user{dialog}"
        basic = f"chat{-dialog}"
        return basic if basic in self._telling.directory.groups else f"channel{-dialog}"

    def _warnings(self) -> list[str]:
        telling = self._telling
        told = {
            NO_ZONE: not telling.has_zone,
            "its log (cache4.db-wal) did not come with it: the newest messages may be missing": self._base.lacks_wal,
            f"its log (cache4.db-wal): {self._base.log_fault}": self._base.log_fault,
            f"cache4.db is cut: it ends {self._base.missing:,} bytes before the end that it states": self._base.missing,
            "the telephone keeps what it has lately shown: neither messages nor members need be all": True,
            "no list of members lies in it": not telling.listed,
            f"{self._secret} messages of secret chats are not read": self._secret,
            "numbers of the address book (user_contacts) are not read": self._base.has("user_phones_v7", "phone"),
        }
        return [warning for warning, holds in told.items() if holds]


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else b""
