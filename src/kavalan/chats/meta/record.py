"""A message as Facebook and Instagram write it; the download of encrypted chats has names of its own for the same."""

from __future__ import annotations

from typing import Any

import msgspec


class Record(msgspec.Struct, gc=False):
    """One object of `messages`. Types are loose: nobody has specified them, and others write such files too."""

    sender_name: Any = None
    timestamp_ms: Any = None
    content: Any = None
    type: Any = ""
    users: Any = None
    photos: Any = None
    videos: Any = None
    audio_files: Any = None
    gifs: Any = None
    files: Any = None
    sticker: Any = None
    share: Any = None
    reactions: Any = None
    call_duration: Any = None
    missed: Any = None
    is_unsent: Any = None
    sender: Any = msgspec.field(name="senderName", default=None)
    timestamp: Any = None
    text: Any = None
    media: Any = None
    unsent: Any = msgspec.field(name="isUnsent", default=None)
