"""What a system line of the database says: its number as it is, and what that is read as, with whose reading it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.model import Act, Event
from kavalan.chats.whatsapp.accounts import NOBODY
from kavalan.chats.whatsapp.android.actions import action
from kavalan.chats.whatsapp.values import LONGEST_LINE, whole, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kavalan.chats.database import Database, Value
    from kavalan.chats.database.rows import Unreadable
    from kavalan.chats.whatsapp.accounts import Who
    from kavalan.chats.whatsapp.android.actions import Action
    from kavalan.chats.whatsapp.android.people import People

_OF_ONESELF: Final = {Act.JOINED, Act.LEFT}
"""What those do whom the line names, one by one."""
_MAY_BE_ME: Final = {Act.ADDED, Act.JOINED}
"""What is also done to the telephone's own account, which a line does not name but marks."""


class Events:
    """Events by the number of their message.

    Args:
        base: `msgstore.db`.
        people: who is who.
        tell: is told what cannot be read.
    """

    def __init__(self, base: Database, people: People, tell: Unreadable) -> None:
        self._people = people
        self._actions = base.beside("message_system", "message_row_id", ("action_type",), tell)
        key = "message_row_id"
        self._whom = base.beside("message_system_chat_participant", key, ("user_jid_row_id",), tell)
        self._numbers = base.beside("message_system_number_change", key, ("old_jid_row_id", "new_jid_row_id"), tell)
        self._before = base.beside("message_system_value_change", key, ("old_data",), tell)
        self._me = base.beside("message_system_group", key, ("is_me_joined",), tell)
        self._blocked = base.beside("message_system_block_contact", key, ("is_blocked",), tell)

    def of(self, number: int, seq: int, actor: Who, text: str) -> tuple[str, Iterable[Event]]:
        """The line as it is shown where it has no text, and what it says.

        Args:
            number: of the message's row.
            seq: of the message.
            actor: who did it; nobody where the row does not say.
            text: of the message.
        """
        row = self._actions.first(number)
        if row is None:
            return "", [Event(seq, Act.OTHER.value, actor.name, actor.id, value=word(text, LONGEST_LINE))]
        raw = word(row[1])
        read = action(row[1]) if isinstance(row[1], int) else action(-1)
        source = f"whatsapp/android/action_type {raw}" + (f" ({read.by})" if read.by else "")
        return f"action_type {raw}", self._said((number, seq), actor, text, read, source)

    def made(  # noqa: PLR0917 what a line has
        self, seq: int, actor: Who, whom: Sequence[Who], text: str, read: Action, source: str, before: str = ""
    ) -> Iterator[Event]:
        """What a line says of which the parts are known.

        Args:
            seq: of the message.
            actor: who did it.
            whom: to whom.
            text: of the message.
            read: as what its number is read.
            source: where the number stands.
            before: what was there before.
        """
        if read.act in _OF_ONESELF:
            for one in whom or [actor]:
                yield Event(seq, read.act.value, one.name, one.id, source=source)
            return
        names, ids = tuple(one.name for one in whom), tuple(one.id for one in whom)
        value = word(text, LONGEST_LINE)
        yield Event(seq, read.act.value, actor.name, actor.id, names, ids, value, before, source)

    def _said(self, at: tuple[int, int], actor: Who, text: str, read: Action, source: str) -> Iterator[Event]:
        number, seq = at
        if read.act is Act.NUMBER_CHANGED and (row := self._numbers.first(number)) is not None:
            yield self._renumbered(seq, row[1:], source)
            return
        whom = [self._people.of(whole(row[1])) for row in self._whom.of(number)]
        joined = self._me.first(number)
        if read.act in _MAY_BE_ME and joined is not None and joined[1] and self._people.me not in whom:
            whom.append(self._people.me)
        if read.act is Act.BLOCKED and (blocked := self._blocked.first(number)) is not None:
            text = "blocked" if blocked[1] else "unblocked"
        before = self._before.first(number)
        was = "" if before is None else word(before[1], LONGEST_LINE)
        yield from self.made(seq, actor, whom, text, read, source, was)

    def _renumbered(self, seq: int, rows: Sequence[Value], source: str) -> Event:
        old, new = (whole(row) for row in rows)
        phones = [jid.phone if (jid := self._people.jid(row)) is not None else "" for row in (old, new)]
        before, after = phones if all(phones) else ("", "")
        one = self._people.of(new)
        targets = (one,) if one is not NOBODY else ()
        names, ids = tuple(each.name for each in targets), tuple(each.id for each in targets)
        return Event(seq, Act.NUMBER_CHANGED.value, "", "", names, ids, after, before, source)
