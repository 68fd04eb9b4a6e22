"""What programs built on Telethon write down: objects of Telegram's own schema, a line each or as one array.

They know what Telegram Desktop does not: who is in a channel, who made whom an administrator, which message was first.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from chat_world.people import ADMIN, READ, Person
from chat_world.telegram_json import FIRST_CHAT, STATES, visible
from chat_world.truth import Written, local, passed_on
from chat_world.world import CHANNEL_ID, START

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

CHATS: Final = 5
"""How many of the groups were dumped."""
_RIGHTS: Final = ("change_info", "delete_messages", "ban_users", "invite_users", "pin_messages", "add_admins")


def write(world: World, out: Path) -> list[Written]:
    """A file for each of the first groups; every other one holds an array."""
    folder = out / "telethon"
    folder.mkdir(exist_ok=True)
    return [_dump(group, folder) for group in world.groups[:CHATS]]


def came(group: Group, who: Person) -> datetime:
    """When somebody came last."""
    return next(
        one.at
        for one in reversed(group.happenings)
        if (one.act in {"created", "joined"} and one.who == who) or (one.act == "added" and who in one.targets)
    )


def _dump(group: Group, folder: Path) -> Written:
    seen = visible(group)
    objects = [*_about(group), *(_message(group, one) for one in reversed(seen))]
    path = folder / f"boats{group.number}.{'json' if group.number % 2 else 'jsonl'}"
    if group.number % 2:
        path.write_text(json.dumps(objects, ensure_ascii=False, indent=2), encoding="utf-8")
    else:
        path.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in objects), encoding="utf-8")
    people = {person for one in group.happenings for person in (one.who, *one.targets)}
    named = {f"{form}{one.telegram}": one.number for one in people for form in ("", "user")}
    return Written(
        f"telethon/{path.name}",
        "telegram-dump",
        {group.title: local(seen[0].at)},
        STATES,
        named | {one.name: one.number for one in people},
        {group.title: len(seen)},
        passed_on=passed_on(seen),
        answers=True,
        rosters=True,
    )


def _about(group: Group) -> Iterator[dict[str, Any]]:
    number = FIRST_CHAT + group.number
    channel = {
        "_": "Channel",
        "id": number,
        "title": group.title,
        "date": _time(group.happenings[0].at),
        "creator": False,
        "broadcast": False,
        "megagroup": True,
        "username": None,
        "participants_count": None,
    }
    full = {
        "_": "ChannelFull",
        "id": number,
        "about": "",
        "participants_count": len(group.members),
        "admins_count": None,
    }
    yield {"_": "messages.ChatFull", "full_chat": full, "chats": [channel], "users": []}
    yield {
        "_": "channels.ChannelParticipants",
        "count": len(group.members),
        "participants": [_participant(group, one) for one in group.members],
        "chats": [channel],
        "users": [_user(one) for one in group.members],
    }


def _user(one: Person) -> dict[str, Any]:
    first, last = one.name.split(" ", 1)
    return {
        "_": "User",
        "id": one.telegram,
        "is_self": one == READ,
        "bot": False,
        "first_name": first,
        "last_name": last,
        "username": None,
        "phone": one.digits if one.saved else None,
    }


def _participant(group: Group, one: Person) -> dict[str, Any]:
    rights = {"_": "ChatAdminRights"} | dict.fromkeys(_RIGHTS, True)
    if one == ADMIN:
        return {"_": "ChannelParticipantCreator", "user_id": one.telegram, "admin_rights": rights, "rank": "keeper"}
    joined = {"user_id": one.telegram, "date": _time(came(group, one))}
    if one in group.admins:
        by = {"promoted_by": ADMIN.telegram, "inviter_id": None, "rank": None}
        return {"_": "ChannelParticipantAdmin", "can_edit": False} | joined | by | {"admin_rights": rights}
    if one == READ:
        return {"_": "ChannelParticipantSelf", "inviter_id": ADMIN.telegram, "via_request": False} | joined
    return {"_": "ChannelParticipant"} | joined


def _message(group: Group, one: Happening) -> dict[str, Any]:
    peer = {"_": "PeerChannel", "channel_id": FIRST_CHAT + group.number}
    author = {"_": "PeerUser", "user_id": one.who.telegram}
    made = {"id": one.number, "peer_id": peer, "date": _time(one.at), "from_id": author, "out": one.who == READ}
    if one.said is None:
        return {"_": "MessageService"} | made | {"action": _action(group, one)}
    return {"_": "Message"} | made | _said(one, one.said)


def _said(one: Happening, said: Said) -> dict[str, Any]:
    photo = {"_": "MessageMediaPhoto", "photo": {"_": "Photo", "id": said.picture.number}} if said.picture else None
    answers = {"_": "MessageReplyHeader", "reply_to_msg_id": said.answers} if said.answers else None
    return {
        "message": said.text,
        "fwd_from": _forwarded(said) if said.notice else None,
        "reply_to": answers,
        "media": photo,
        "entities": [],
        "views": None,
        "forwards": None,
        "edit_date": _time(one.at) if said.edited else None,
        "post_author": None,
        "grouped_id": None,
    }


def _forwarded(said: Said) -> dict[str, Any]:
    return {
        "_": "MessageFwdHeader",
        "date": _time(START),
        "imported": False,
        "from_id": {"_": "PeerChannel", "channel_id": CHANNEL_ID},
        "from_name": None,
        "channel_post": said.notice,
        "post_author": None,
        "saved_from_peer": None,
        "saved_from_msg_id": None,
    }


def _action(group: Group, one: Happening) -> dict[str, Any]:
    match one.act:
        case "created":
            return {"_": "MessageActionChannelCreate", "title": group.title}
        case "added":
            return {"_": "MessageActionChatAddUser", "users": [target.telegram for target in one.targets]}
        case "joined":
            return {"_": "MessageActionChatJoinedByLink", "inviter_id": ADMIN.telegram}
        case _:
            (gone,) = one.targets or (one.who,)
            return {"_": "MessageActionChatDeleteUser", "user_id": gone.telegram}


def _time(at: datetime) -> str:
    return at.isoformat()
