"""DiscordChatExporter's JSON (`JsonMessageWriter.cs`): channels of a server, and groups without one.

A server tells who joined it and which roles they have now; a group tells who was added and who went.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from chat_world.people import READ, Person
from chat_world.truth import ZONE, Written, local, passed_on
from chat_world.world import START

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

CHATS: Final = 4
_GUILD: Final = "910000000000000001"
_NOTICES: Final = "910000000000000777"
_SERVER_NAME, _CATEGORY = "District of boats", "harbour"
_EPOCH: Final = 1_420_070_400_000
_SERVER: Final = ("added", "joined")
_GROUP: Final = ("added", "left", "removed")


def write(world: World, out: Path) -> list[Written]:
    """A file for each of the first groups; every other one has no server."""
    folder = out / "discord"
    folder.mkdir(exist_ok=True)
    return [_channel(group, folder) for group in world.groups[:CHATS]]


def _channel(group: Group, folder: Path) -> Written:
    server = group.number % 2 == 0
    states = _SERVER if server else _GROUP
    seen = group.seen_by(READ)
    shown = [one for one in seen if one.act in states or (one.said is not None and not one.said.deleted)]
    messages = [made for one in shown for made in _messages(group, one, server=server)]
    name = f"boats-{group.number}" if server else group.title
    channel = _channel_id(group)
    exported = {
        "guild": {
            "id": _GUILD if server else "0",
            "name": _SERVER_NAME if server else "Direct Messages",
            "iconUrl": "",
        },
        "channel": {
            "id": channel,
            "type": "GuildTextChat" if server else "DirectGroupTextChat",
            "categoryId": None,
            "category": _CATEGORY if server else None,
            "name": name,
            "topic": None,
        },
        "dateRange": {"after": None, "before": None},
        "exportedAt": "2025-12-01T10:00:00+05:30",
        "messages": messages,
        "messageCount": len(messages),
    }
    path = folder / f"{name} [{channel}].json"
    path.write_text(json.dumps(exported, ensure_ascii=False, indent=2), encoding="utf-8")
    people = {person for one in group.happenings for person in (one.who, *one.targets)}
    return Written(
        f"discord/{path.name}",
        "discord-json",
        {group.title: local(shown[0].at)},
        states,
        {one.discord: one.number for one in people} | {one.name: one.number for one in people},
        {group.title: len(messages)},
        passed_on=passed_on(shown),
        answers=True,
        titles={f"{_SERVER_NAME} / {_CATEGORY} / {name}": group.title},
    )


def _channel_id(group: Group) -> str:
    return str(920_000_000_000_000_000 + group.number)


def _messages(group: Group, one: Happening, *, server: bool) -> list[dict[str, object]]:
    """One, but where several joined a server at once."""
    if one.said is not None:
        return [_said(group, one, one.said)]
    if server:
        joined = one.targets or (one.who,)
        return [
            _message(group, one, "GuildMemberJoin", "Joined the server.", who, place)
            for place, who in enumerate(joined)
        ]
    if one.act == "added":
        return [
            _message(group, one, "RecipientAdd", f"Added {who.name} to the group.", one.who, place, [who])
            for place, who in enumerate(one.targets)
        ]
    if one.act == "left":
        return [_message(group, one, "RecipientRemove", "Left the group.", one.who, 0, [one.who])]
    (whom,) = one.targets
    return [_message(group, one, "RecipientRemove", f"Removed {whom.name} from the group.", one.who, 0, [whom])]


def _said(group: Group, one: Happening, said: Said) -> dict[str, object]:
    made = _message(group, one, "Reply" if said.answers else "Default", said.text, one.who, 0)
    if said.edited:
        made["timestampEdited"] = _time(one.at)
    if said.picture is not None:
        name = f"picture{said.picture.number}.png"
        url = f"https://cdn.example.org/attachments/{name}"
        size = len(said.picture.data)
        made["attachments"] = [{"id": made["id"], "url": url, "fileName": name, "fileSizeBytes": size}]
    if said.answers:
        answered = group.happenings[said.answers - 1]
        made["reference"] = _reference("Default", _id(answered), _channel_id(group))
    if said.notice:
        made["content"] = ""
        made["reference"] = _reference("Forward", str(930_000_000_000_000_000 + said.notice), _NOTICES)
        made["forwardedMessage"] = {
            "timestamp": _time(START),
            "timestampEdited": None,
            "content": said.text,
            "attachments": [],
            "embeds": [],
            "stickers": [],
        }
    return made


def _reference(kind: str, message: str, channel: str) -> dict[str, object]:
    return {"type": kind, "messageId": message, "channelId": channel, "guildId": _GUILD}


def _message(  # noqa: PLR0917 one row, as the program writes it
    group: Group, one: Happening, kind: str, content: str, who: Person, place: int, mentions: list[Person] | None = None
) -> dict[str, object]:
    return {
        "id": _id(one, place),
        "type": kind,
        "timestamp": _time(one.at),
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": content,
        "author": _author(group, who),
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "reactions": [],
        "mentions": [_author(group, whom) for whom in mentions or []],
        "inlineEmojis": [],
    }


def _author(group: Group, who: Person) -> dict[str, object]:
    keeper = who in group.admins
    role = {"id": "940000000000000001" if keeper else "940000000000000002", "name": "Admin" if keeper else "Fishers"}
    return {
        "id": who.discord,
        "name": who.name,
        "discriminator": "0000",
        "nickname": who.name,
        "color": None,
        "isBot": False,
        # Of who has left, the program knows no role.
        "roles": [role | {"color": None, "position": 5 if keeper else 1}] if who in group.members else [],
        "avatarUrl": "https://cdn.example.org/embed/avatars/0.png",
    }


def _id(one: Happening, place: int = 0) -> str:
    return str((int(one.at.timestamp() * 1000) - _EPOCH << 22) + one.number * 64 + place)


def _time(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat()
