"""WhatsApp's "Export chat" of the telephone that is read: a text for each group, every other one as of an iPhone."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from chat_world.people import READ, Person
from chat_world.truth import ZONE, Written, local
from chat_world.whatsapp_android import digests

if TYPE_CHECKING:
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

_MARK: Final = "\u200e"
"""An iPhone puts it before what WhatsApp wrote."""
_STATES: Final = ("created", "added", "joined", "left", "removed", "promoted", "demoted")


def write(world: World, out: Path) -> list[Written]:
    """One text for each group, without files."""
    return [_text(group, out) for group in world.groups]


def write_with_files(world: World, out: Path) -> list[Written]:
    """An archive for each of two groups, with what was sent in them."""
    folder = out / "with files"
    folder.mkdir(exist_ok=True)
    return [_archive(group, folder) for group in world.groups[1:3]]


def _text(group: Group, out: Path) -> Written:
    name = f"{_name(group)}.txt"
    (out / name).write_bytes(_lines(group, attached=False))
    return _written(name, group)


def _archive(group: Group, folder: Path) -> Written:
    name = f"{_name(group)}.zip"
    seen = group.seen_by(READ)
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        text = "_chat.txt" if _is_iphone(group) else f"{_name(group)}.txt"
        # Without the time of its making, so that the same seed makes the same archive.
        archive.writestr(zipfile.ZipInfo(text), _lines(group, attached=True))
        for one in seen:
            if one.said is not None and one.said.picture is not None:
                archive.writestr(zipfile.ZipInfo(_file(group, one)), one.said.picture.data)
    written = _written(f"{folder.name}/{name}", group)
    return replace(written, digests=digests(seen), kind="with files")


def _written(given: str, group: Group) -> Written:
    seen = group.seen_by(READ)
    return Written(
        given,
        "whatsapp-text",
        {group.title: local(seen[0].at)},
        _STATES,
        _names(seen),
        {group.title: len(seen)},
        precision="second" if _is_iphone(group) else "minute",
    )


def _is_iphone(group: Group) -> bool:
    return group.number % 2 == 0


def _name(group: Group) -> str:
    return f"WhatsApp Chat with {group.title.replace(':', '_')}"


def _lines(group: Group, *, attached: bool) -> bytes:
    end = "\r\n" if _is_iphone(group) else "\n"
    line = _iphone if _is_iphone(group) else _android
    return end.join([*(line(group, one, attached=attached) for one in group.seen_by(READ)), ""]).encode()


def _file(group: Group, one: Happening) -> str:
    if _is_iphone(group):
        return f"{one.number:08}-PHOTO-{one.at.astimezone(ZONE):%Y-%m-%d-%H-%M-%S}.jpg"
    return f"IMG-{one.at.astimezone(ZONE):%Y%m%d}-WA{one.number:04}.jpg"


def _names(seen: list[Happening]) -> dict[str, int]:
    people = {person for one in seen for person in (one.who, *one.targets)}
    return {one.shown: one.number for one in people} | {"You": READ.number, "you": READ.number, READ.name: READ.number}


def _iphone(group: Group, one: Happening, *, attached: bool) -> str:
    stamp = f"[{one.at.astimezone(ZONE):%d/%m/%y, %H:%M:%S}] "
    if one.said is None:
        return f"{stamp}{group.title}: {_MARK}{_event(group, one)}"
    picture = f"<attached: {_file(group, one)}>" if attached else "image omitted"
    # A line with a file has the mark before its stamp too.
    before = _MARK if attached and one.said.picture is not None else ""
    return f"{before}{stamp}{_author(one.who)}: {_said(one.said, picture, _MARK)}"


def _android(group: Group, one: Happening, *, attached: bool) -> str:
    stamp = f"{one.at.astimezone(ZONE):%d/%m/%y, %I:%M\u202f%p} - ".lower()
    if one.said is None:
        return stamp + _event(group, one)
    picture = f"{_file(group, one)} (file attached)" if attached else "<Media omitted>"
    return f"{stamp}{_author(one.who)}: {_said(one.said, picture)}"


def _author(who: Person) -> str:
    return READ.name if who == READ else who.shown


def _said(said: Said, picture: str, mark: str = "") -> str:
    if said.deleted:
        return f"{mark}This message was deleted{'.' if mark else ''}"
    if said.picture is not None:
        return mark + picture
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
