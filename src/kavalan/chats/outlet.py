"""What a reader says, packed into batches that fit a frame: long texts in parts before their message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.model import (
    LONGEST_TEXT,
    Account,
    Batch,
    Conversation,
    Event,
    Flag,
    Kind,
    Message,
    Named,
    Part,
    Rostered,
    Size,
)
from kavalan.identifiers import find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.telegram.texts import Link

_FULL: Final = 40_000
"""Characters of a batch, each of which may take four bytes of a frame of 256 KiB."""
_PER_RECORD: Final = 250
_PER_NAMED: Final = 60
_MOST_SEARCHED: Final = 1 << 20
"""Characters of one message in which identifiers are looked for."""

_KINDS_WITH_TEXT: Final = {
    Kind.TEXT.value, Kind.MEDIA.value, Kind.CONTACT.value, Kind.POLL.value, Kind.SYSTEM.value, Kind.CALL.value,
    Kind.PAYMENT.value,
}  # fmt: skip


class Outlet:
    """Takes records one by one; `ready` gives what is full.

    Args:
        region: whose plan reads telephone numbers without a country's prefix; None looks for no identifiers.
    """

    def __init__(self, region: str | None) -> None:
        self._region = region
        self._batch = Batch([], [], [], [], [])
        self._said: list[Batch | Part] = []
        self._size = 0

    def message(self, message: Message, searched: int = _MOST_SEARCHED) -> None:
        """Add a message and what its text names.

        Args:
            message: whole.
            searched: characters of its text, from the first, in which identifiers are looked for.
        """
        text = message.text
        size = len(text)
        if size > _FULL:
            self._long(message)
            size = 0
        size += _PER_RECORD + len(message.sender_name) + len(message.media_name) + len(message.forwarded_from)
        size += len(message.native) + len(message.reply_to) + len(message.origin) + len(message.media_note)
        if self._size + size > _FULL:
            self._flush()
        self._batch.messages.append(message)
        self._size += size
        if self._size >= _FULL:
            self._flush()
        if self._region is not None and message.kind in _KINDS_WITH_TEXT:
            self._find(message.seq, text[: min(searched, _MOST_SEARCHED)])

    def event(self, event: Event) -> None:
        """Add what a system line says."""
        self._batch.events.append(event)
        said = len(event.actor) + len(event.value) + len(event.before) + len(event.source)
        self._room(_PER_RECORD + said + sum(map(len, event.targets)) + 36 * len(event.target_ids))

    def account(self, account: Account) -> None:
        """Add somebody; twice does no harm."""
        self._batch.accounts.append(account)
        self._room(_PER_RECORD + len(account.native) + len(account.name))

    def conversation(self, conversation: Conversation) -> None:
        """Add a chat; the last word on it counts."""
        self._batch.conversations.append(conversation)
        self._room(_PER_RECORD + len(conversation.native) + len(conversation.title) + len(conversation.note))

    def rostered(self, row: Rostered) -> None:
        """Add a row of a list of members."""
        self._batch.rosters.append(row)
        self._room(_PER_RECORD + len(row.source))

    def size(self, size: Size) -> None:
        """Add how many a chat has."""
        self._batch.sizes.append(size)
        self._room(_PER_RECORD + len(size.source))

    def link(self, seq: int, link: Link) -> None:
        """Add what a link leads to, where that is not what is read."""
        for found in find(link.href, region=None) if self._region is not None else ():
            self._batch.named.append(
                Named(seq, link.start, link.end, found.kind, found.value, found.surety, found.detail)
            )
            self._room(_PER_NAMED + len(found.value) + len(found.detail))

    def ready(self) -> Iterator[Batch | Part]:
        """What can be sent; nothing of it is kept."""
        said, self._said = self._said, []
        return iter(said)

    def rest(self) -> Iterator[Batch | Part]:
        """All that is left."""
        self._flush()
        return self.ready()

    def _find(self, seq: int, text: str) -> None:
        for found in find(text, region=self._region) if self._region is not None else ():
            self._batch.named.append(
                Named(seq, found.start, found.end, found.kind, found.value, found.surety, found.detail)
            )
            self._room(_PER_NAMED + len(found.value) + len(found.detail))

    def _long(self, message: Message) -> None:
        self._flush()
        text = message.text
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT]
            message.flags = " ".join(dict.fromkeys([*message.flags.split(), Flag.CUT]))
        self._said += [Part(text[start : start + _FULL]) for start in range(0, len(text), _FULL)]
        message.text = ""

    def _room(self, size: int) -> None:
        self._size += size
        if self._size >= _FULL:
            self._flush()

    def _flush(self) -> None:
        if self._size:
            self._said.append(self._batch)
            self._batch, self._size = Batch([], [], [], [], []), 0
