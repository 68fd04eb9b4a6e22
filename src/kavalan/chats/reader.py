"""Reading exports in the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, cast

from kavalan.chats.model import LONGEST_TEXT, Batch, Part
from kavalan.chats.reading import Reading
from kavalan.chats.request import Request
from kavalan.sandbox import Limits, Streamer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from kavalan.sandbox import Failure, Source

Said: TypeAlias = "Batch | Part | Reading"

FORMS: Final = {
    "whatsapp-text": "WhatsApp, exported text",
    "whatsapp-android": "WhatsApp, database of Android",
    "whatsapp-ios": "WhatsApp, database of an iPhone",
    "telegram-json": "Telegram Desktop, JSON",
    "telegram-html": "Telegram Desktop, pages",
    "telegram-dump": "Telegram, dump of Telethon or TDLib",
    "telegram-android": "Telegram, cache4.db of Android",
    "leapp-tsv": "ALEAPP or iLEAPP, TSV exports",
    "table": "Call records or payments, CSV",
    "ufdr": "Cellebrite, report.xml or .ufdr",
    "discord-json": "Discord, JSON of DiscordChatExporter",
    "meta-json": "Facebook, Messenger or Instagram, downloaded JSON",
    "email": "e-mail, mailboxes and single messages",
}
"""Forms that are read, and what each is."""

LIMITS: Final = Limits(memory=1 << 30, records=200_000_000)
"""A message of the greatest length is held in memory a few times over."""


class ChatReader:
    """Reads exports one after another in a confined worker, in constant memory.

    with ChatReader() as reader, path.open("rb") as file:
        for said in reader.read(file, Request("whatsapp-text", digest)):
            ...
        if reader.failure:
            ...
    """

    def __init__(self) -> None:
        self.failure: Failure | None = None
        """Why the last source was not read to its end; None where it was, or while it is."""
        # A union of structs is as good as one to msgspec; the language of types has no word for it yet.
        record = cast("type[Batch]", Batch | Part | Reading)
        self._streamer = Streamer(f"{__package__}.task:read", Request, record, limits=LIMITS)

    def __enter__(self) -> Self:
        """Nothing starts before it is needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the worker."""
        self._streamer.__exit__(kind, error, trace)

    def read(self, source: Source, request: Request) -> Iterator[Batch | Reading]:
        """What a source says as it is read: batches with whole texts, at the end the report.

        Args:
            source: an open file.
            request: which form it has, and what is known about it.

        Raises:
            StartError: no worker can be started.
        """
        self.failure = None
        parts: list[str] = []
        held = 0
        stream = self._streamer.stream(source, request)
        for said in cast("Iterator[Said | bytes]", stream):
            if isinstance(said, Part):
                held += len(said.text)
                # More than any message may have comes only from a worker that was taken over.
                if held <= LONGEST_TEXT:
                    parts.append(said.text)
                continue
            if isinstance(said, Batch) and parts and said.messages:
                said.messages[0].text = "".join(parts)
                parts, held = [], 0
            if isinstance(said, Batch | Reading):
                yield said
        self.failure = stream.failure
