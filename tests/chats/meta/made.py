"""Conversations as Facebook writes them: bytes of UTF-8 as letters of Latin-1, the newest first."""

import json

START = 1743687309123
PATH = "your_facebook_activity/messages/inbox/boats_1234567890"


def broken(text):
    return text.encode().decode("latin-1")


def message(number, author="Asha", text="the boats go out", **more):
    """One message; of no text there is no field."""
    told = {"sender_name": broken(author), "timestamp_ms": START + 60_000 * number, **more}
    return told if text is None else {**told, "content": broken(text)}


def thread(*messages, title="Boats", names=("Asha", "Ravi", "വള്ളം"), **more):
    """Messages are given as they were written, the oldest first."""
    return {
        "participants": [{"name": broken(name)} for name in names],
        "messages": list(reversed(messages)),
        "title": broken(title),
        "is_still_participant": True,
        "thread_path": "inbox/boats_1234567890",
        "magic_words": [],
        **more,
    }


def written(export, indent=2):
    return json.dumps(export, indent=indent)
