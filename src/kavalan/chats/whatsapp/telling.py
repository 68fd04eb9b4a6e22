"""Telling the messages of a database, and counting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.errors import ChatError
from kavalan.chats.model import LONGEST_TEXT, Act, Flag, Kind, Message
from kavalan.chats.whatsapp.content import Content
from kavalan.chats.whatsapp.values import whole, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kavalan.chats.database import Row, Value
    from kavalan.chats.model import Event
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.opened import Opened

_CUT: Final = f"a text of more than {LONGEST_TEXT:,} characters: the rest stands in the database alone"
_UNTOLD: Final = "a message without a time; places are numbers of rows"
_UNREAD: Final = "a system line whose number nobody reads, or not all the same way; places are numbers of rows"
_QUOTED: Final = "the text of a deleted message stands in a quote of it, and is kept; places are numbers of rows"
_GONE: Final = "a message that is not in the database stands in a quote, and is kept; places are numbers of rows"


class Telling:
    """Tells messages.

    Args:
        opened: the databases, and who is told.

    Attributes:
        count: messages so far.
        system: system lines among them.
        doubtful: messages with something doubtful.
    """

    def __init__(self, opened: Opened) -> None:
        self.count = self.system = self.doubtful = 0
        self._base = opened.base
        self._outlet = opened.outlet
        self._moments = opened.moments
        self._tally = opened.tally
        self._recovered: set[str] = set()
        self._row_doubtful = False

    def _doubt(self, reason: str, place: int) -> None:
        """Note something doubtful about the message that is being told."""
        self._tally.doubt(reason, place)
        self._row_doubtful = True

    def _said(self, number: int, events: Iterable[Event]) -> None:
        """Tell what the system line that comes next says."""
        for event in events:
            if event.act == Act.OTHER:
                self._doubt(_UNREAD, number)
            self._outlet.event(event)
        self.system += 1

    def _deleted(self, number: int, text: str) -> tuple[str, str]:
        """The text of a deleted message as a quote keeps it, and its flag."""
        if not text:
            return "", ""
        self._doubt(_QUOTED, number)
        return text, Flag.RECOVERED.value

    def _tell(
        self,
        number: int,
        place: tuple[str, str],
        author: Who,
        at: Value,
        content: Content,
        *,
        reply: str = "",
        origin: tuple[str, str] = ("", ""),
        edited: bool = False,
        forwards: Value = 0,
        flags: str = "",
    ) -> None:
        """Tell a message.

        Args:
            number: of its row.
            place: key of its conversation, and its own number in the source.
            author: who wrote it.
            at: its moment, since 1970.
            content: what it is.
            reply: number of the message it answers.
            origin: from where it was sent on, and the number that it had there.
            edited: it was changed.
            forwards: how often it was sent on.
            flags: of it.
        """
        local, utc, certainty = self._moments.of(at)
        if not local:
            self._doubt(_UNTOLD, number)
        if len(content.text) > LONGEST_TEXT:
            self._doubt(_CUT, number)
        message = Message(
            self.count, 0, 0, place[1], place[0], author.id, author.name, content.kind._value_, content.text, local,
            utc, certainty, "" if local else word(at), reply, origin[0], content.media_name, content.media_note, edited,
            flags, max(0, whole(forwards)), origin[1], content.media_sha256,
        )  # fmt: skip
        self._outlet.message(message)
        self.count += 1
        self.doubtful += self._row_doubtful
        self._row_doubtful = False

    def _recover(self, number: int, place: tuple[str, str], author: Who, at: Value, text: str) -> None:
        """A message that is there only as what another quotes; once, however often it is quoted."""
        if place[1] not in self._recovered:
            self._recovered.add(place[1])
            self._doubt(_GONE, number)
            content = Content(Kind.TEXT if text else Kind.WITHHELD, text)
            self._tell(number, place, author, at, content, flags=Flag.RECOVERED.value)

    def _counted(self, asked: str) -> list[Row]:
        """Counts of what is not copied."""
        try:
            return list(self._base.rows(asked))
        except ChatError as error:
            self._tally.doubt(f"what is not copied could not be counted: {error}", 0)
            return []
