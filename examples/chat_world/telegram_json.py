"""Telegram Desktop's `result.json` of an account (`export_output_json.cpp`): its groups, and one that it has left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from chat_world.people import ADMIN, READ
from chat_world.truth import Written, local, passed_on
from chat_world.world import CHANNEL, CHANNEL_ID

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from chat_world.people import Person
    from chat_world.world import Group, Happening, World

FIRST_CHAT: Final = 2_100_000_000
STATES: Final = ("created", "added", "joined", "left", "removed")
"""Nothing is written between messages where somebody is made an administrator."""
_SKIPPED: Final = "(File not included. Change data exporting settings to download.)"


def write(world: World, out: Path) -> list[Written]:
    """One account, in a folder as the program makes it."""
    folder = out / "DataExport_2025-12-01"
    folder.mkdir(exist_ok=True)
    *stayed, left = world.groups
    account = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": READ.telegram, "first_name": READ.name, "phone_number": READ.phone},
        "contacts": {"about": "", "list": [_contact(one) for one in world.people() if one.saved]},
        "chats": {"about": "", "list": [_chat(group) for group in stayed]},
        "left_chats": {"about": "", "list": [_chat(left)]},
    }
    (folder / "result.json").write_text(json.dumps(account, ensure_ascii=False, indent=1), encoding="utf-8")
    seen = {group.title: visible(group) for group in world.groups}
    return [
        Written(
            f"{folder.name}/result.json",
            "telegram-json",
            {title: local(those[0].at) for title, those in seen.items()},
            STATES,
            names(world),
            {title: len(those) for title, those in seen.items()},
            passed_on=passed_on(one for those in seen.values() for one in those),
            answers=True,
        )
    ]


def visible(group: Group) -> list[Happening]:
    """What Telegram shows of what was seen: what is taken back is gone, and it does not tell who administers."""
    return [
        one
        for one in group.seen_by(READ)
        if one.act not in {"promoted", "demoted"} and not (one.said is not None and one.said.deleted)
    ]


def names(world: World) -> dict[str, int]:
    """By name, and by number as Telegram Desktop writes it."""
    people = world.people()
    return {one.name: one.number for one in people} | {f"user{one.telegram}": one.number for one in people}


def _contact(one: Person) -> dict[str, object]:
    first, last = one.name.split(" ", 1)
    return {"user_id": one.telegram, "first_name": first, "last_name": last, "phone_number": one.phone}


def _chat(group: Group) -> dict[str, object]:
    kind = "private_group" if group.number % 2 else "private_supergroup"
    messages = [_message(group, one) for one in visible(group)]
    return {"name": group.title, "type": kind, "id": FIRST_CHAT + group.number, "messages": messages}


def _times(at: datetime, label: str) -> dict[str, object]:
    return {label: local(at), f"{label}_unixtime": str(int(at.timestamp()))}


def _message(group: Group, one: Happening) -> dict[str, object]:
    if one.said is None:
        made = {"id": one.number, "type": "service"} | _times(one.at, "date")
        actor = {"actor": one.who.name, "actor_id": f"user{one.who.telegram}"}
        return made | actor | _action(group, one) | {"text": "", "text_entities": []}
    made = {"id": one.number, "type": "message"} | _times(one.at, "date")
    if one.said.edited:
        made |= _times(one.at, "edited")
    made |= {"from": one.who.name, "from_id": f"user{one.who.telegram}"}
    if one.said.notice:
        made |= {"forwarded_from": CHANNEL, "forwarded_from_id": f"channel{CHANNEL_ID}"}
    if one.said.answers:
        made["reply_to_message_id"] = one.said.answers
    if one.said.picture is not None:
        made |= {"photo": _SKIPPED, "width": 16, "height": 16}
    entities = [{"type": "plain", "text": one.said.text}] if one.said.text else []
    return made | {"text": one.said.text, "text_entities": entities}


def _action(group: Group, one: Happening) -> dict[str, object]:
    whom = [target.name for target in one.targets]
    match one.act:
        case "created" if group.number % 2:
            return {"action": "create_group", "title": group.title, "members": [ADMIN.name]}
        case "created":
            return {"action": "create_channel", "title": group.title}
        case "added":
            return {"action": "invite_members", "members": whom}
        case "joined":
            return {"action": "join_group_by_link", "inviter": ADMIN.name}
        case _:
            # Who leaves removes themselves.
            return {"action": "remove_members", "members": whom or [one.who.name]}
