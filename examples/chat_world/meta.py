"""What Facebook and Instagram give who asks for their information: a folder for each chat, newest message first.

Every string is UTF-8 taken for Latin-1, as Meta writes it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from chat_world.people import READ
from chat_world.truth import Written, local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chat_world.world import Group, Happening, World

CHATS: Final = 3
_STATES: Final = ("added", "left", "removed")
_PAGE: Final = 40
"""Messages of a file; Meta's own hold ten thousand."""


def write_facebook(world: World, out: Path) -> list[Written]:
    """Older messages say their type and whom they concern."""
    return [_download(world.groups[1 : 1 + CHATS], out, "facebook", _STATES)]


def write_instagram(world: World, out: Path) -> list[Written]:
    """Only words."""
    return [_download(world.groups[1 : 1 + CHATS], out, "instagram", ())]


def _download(groups: Sequence[Group], out: Path, platform: str, states: tuple[str, ...]) -> Written:
    inbox = out / platform / f"your_{platform}_activity" / "messages" / "inbox"
    shown = {group.title: _thread(group, inbox, typed=bool(states)) for group in groups}
    people = {person for group in groups for one in group.happenings for person in (one.who, *one.targets)}
    return Written(
        platform,
        "meta-json",
        {title: local(those[0].at) for title, those in shown.items()},
        states,
        {one.name: one.number for one in people},
        {title: len(those) for title, those in shown.items()},
        rosters=True,
        kind=platform.title(),
    )


def _thread(group: Group, inbox: Path, *, typed: bool) -> list[Happening]:
    folder = inbox / f"boats{group.number}_{7000 + group.number}"
    folder.mkdir(parents=True, exist_ok=True)
    shown = [one for one in group.seen_by(READ) if one.said is not None or one.act in _STATES]
    newest = list(reversed(shown))
    for number, start in enumerate(range(0, len(newest), _PAGE), 1):
        page = [_message(one, typed=typed) for one in newest[start : start + _PAGE]]
        (folder / f"message_{number}.json").write_text(_written(_wrap(group, folder, page)), encoding="ascii")
    return shown


def _wrap(group: Group, folder: Path, page: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "participants": [{"name": one.name} for one in reversed(group.members)],
        "messages": page,
        "title": group.title,
        "is_still_participant": True,
        "thread_path": f"inbox/{folder.name}",
        "magic_words": [],
        "joinable_mode": {"mode": 1, "link": ""},
    }


def _message(one: Happening, *, typed: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"sender_name": one.who.name, "timestamp_ms": int(one.at.timestamp() * 1000)}
    if one.said is None:
        made["content"] = _event(one)
        if typed:
            whom = one.targets or (one.who,)
            made |= {"type": "Subscribe" if one.act == "added" else "Unsubscribe"}
            made["users"] = [{"name": who.name} for who in whom]
    elif one.said.deleted:
        made["is_unsent"] = True
    elif one.said.picture is not None:
        uri = f"messages/inbox/photos/{one.said.picture.number}.jpg"
        made["photos"] = [{"uri": uri, "creation_timestamp": int(one.at.timestamp())}]
    else:
        made["content"] = one.said.text
        made["reactions"] = [{"reaction": "\N{THUMBS UP SIGN}", "actor": one.who.name}] if one.number % 9 == 0 else []
    if typed and "type" not in made:
        made["type"] = "Generic"
    return made | {"is_geoblocked_for_viewer": False}


def _event(one: Happening) -> str:
    whom = [target.name for target in one.targets]
    match one.act:
        case "added":
            told = " and ".join([", ".join(whom[:-1]), whom[-1]] if whom[1:] else whom)
            return f"{one.who.name} added {told} to the group."
        case "left":
            return f"{one.who.name} left the group."
        case _:
            return f"{one.who.name} removed {whom[0]} from the group."


def _written(thread: dict[str, Any]) -> str:
    return json.dumps(_broken(thread), indent=2)


def _broken(one: Any) -> Any:  # noqa: ANN401 whatever JSON holds
    match one:
        case str():
            return one.encode().decode("latin-1")
        case list():
            return [_broken(each) for each in one]
        case dict():
            return {key: _broken(value) for key, value in one.items()}
        case _:
            return one
