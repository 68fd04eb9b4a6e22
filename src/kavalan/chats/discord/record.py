"""A message as DiscordChatExporter writes it (JsonMessageWriter.cs); what is not read stands in the export."""

from __future__ import annotations

from typing import Any

import msgspec


class Record(msgspec.Struct, rename="camel", gc=False):
    """One object of `messages`. Types are loose: they changed with versions, and others write such files too."""

    id: Any = None
    type: Any = ""
    timestamp: Any = None
    timestamp_edited: Any = None
    call_ended_timestamp: Any = None
    content: Any = ""
    author: Any = None
    attachments: Any = None
    embeds: Any = None
    stickers: Any = None
    reactions: Any = None
    mentions: Any = None
    reference: Any = None
    forwarded_message: Any = None
    poll: Any = None
