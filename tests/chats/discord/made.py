"""Channels as DiscordChatExporter writes them (JsonMessageWriter.cs): two spaces for each depth."""

import json


def user(number, **more):
    return {
        "id": str(1000 + number) if isinstance(number, int) else number,
        "name": f"p{number}",
        "discriminator": "0000",
        "nickname": f"P{number}",
        "color": None,
        "isBot": False,
        "roles": [],
        "avatarUrl": "https://cdn.example/0.png",
        **more,
    }


def message(number, author=1, text="the boats go out", kind="Default", **more):
    return {
        "id": str(number),
        "type": kind,
        "timestamp": "2025-04-03T19:05:09.123+05:30",
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": text,
        "author": user(author) if isinstance(author, int) else author,
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "reactions": [],
        "mentions": [],
        **more,
    }


def channel(*messages, kind="GuildTextChat", count=None):
    return {
        "guild": {"id": "7", "name": "Harbour", "iconUrl": "https://cdn.example/7.png"},
        "channel": {"id": "77", "type": kind, "category": "Work", "name": "boats", "topic": "boats and nets"},
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2025-05-01T10:00:00+05:30",
        "messages": list(messages),
        "messageCount": len(messages) if count is None else count,
    }


def written(export, indent=2):
    return json.dumps(export, ensure_ascii=False, indent=indent)
