"""WhatsApp's "Export chat" of the telephone that is read: a text for each group, every other one as of an iPhone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chat_world.people import READ, Person
from chat_world.truth import ZONE, Written, local

if TYPE_CHECKING:
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

_MARK: Final = "\u200e"
"""An iPhone puts it before what WhatsApp wrote."""
_STATES: Final = ("created", "added", "joined", "left", "removed", "promoted", "demoted")


def write(world: World, out: Path) -> list[Written]:
    """One text for each group."""
    return [_text(group, out) for group in world.groups]


def _text(group: Group, out: Path) -> Written:
    iphone = group.number % 2 == 0
    seen = group.seen_by(READ)
    end = "\r\n" if iphone else "\n"
    name = f"WhatsApp Chat with {group.title.replace(':', '_')}.txt"
    lines = [_iphone(group, one) if iphone else _android(group, one) for one in seen]
    (out / name).write_text(end.join([*lines, ""]), encoding="utf-8", newline="")
    return Written(
        name,
        "whatsapp-text",
        {group.title: local(seen[0].at)},
        _STATES,
        _names(seen),
        {group.title: len(seen)},
        precision="second" if iphone else "minute",
    )


def _names(seen: list[Happening]) -> dict[str, int]:
    people = {person for one in seen for person in (one.who, *one.targets)}
    return {one.shown: one.number for one in people} | {"You": READ.number, "you": READ.number, READ.name: READ.number}


def _iphone(group: Group, one: Happening) -> str:
    stamp = f"[{one.at.astimezone(ZONE):%d/%m/%y, %H:%M:%S}] "
    if one.said is None:
        return f"{stamp}{group.title}: {_MARK}{_event(group, one)}"
    return f"{stamp}{_author(one.who)}: {_said(one.said, 'image omitted', _MARK)}"


def _android(group: Group, one: Happening) -> str:
    stamp = f"{one.at.astimezone(ZONE):%d/%m/%y, %I:%M\u202f%p} - ".lower()
    if one.said is None:
        return stamp + _event(group, one)
    return f"{stamp}{_author(one.who)}: {_said(one.said, '<Media omitted>')}"


def _author(who: Person) -> str:
    return READ.name if who == READ else who.shown


def _said(said: Said, omitted: str, mark: str = "") -> str:
    if said.deleted:
        return f"{mark}This message was deleted{'.' if mark else ''}"
    if said.picture is not None:
        return mark + omitted
    return said.text + (f"{mark} <This message was edited>" if said.edited else "")


def _event(group: Group, one: Happening) -> str:
    """A text does not say who made somebody an administrator."""
    who = one.who.shown
    whom = ", ".join("you" if target == READ else target.shown for target in one.targets)
    return {
        "created": f'{who} created group "{group.title}"',
        "added": f"{who} added {whom}",
        "joined": f"{who} joined using this group's invite link",
        "left": f"{who} left",
        "removed": f"{who} removed {whom}",
        "promoted": f"{whom} is now an admin",
        "demoted": f"{whom} is no longer an admin",
    }[one.act]
