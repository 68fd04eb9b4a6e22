"""ALEAPP's tables of a telephone, `_TSV Exports`: WhatsApp's messages in groups, and who made the groups."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from chat_world.people import ADMIN, READ
from chat_world.truth import Written, local

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from chat_world.world import Happening, Said, World

CHATS: Final = 4
"""How many of the groups are in the tables."""
_MESSAGES: Final = (
    "Message Timestamp",
    "Received Timestamp",
    "Final Location Timestamp",
    "Message Direction",
    "Sending Party",
    "Message",
    "Media",
    "Conversation Name",
    "Sending Party JID",
    "Message Type",
    "Local Path To Media",
    "Media File Size",
    "Shared Latitude/Starting Latitude (Live Location)",
    "Shared Longitude/Starting Longitude (Live Location)",
    "Duration Live Location Shared (Seconds)",
    "Final Live Latitude",
    "Final Live Longitude",
)
_GROUPS: Final = (
    "Group Creation Timestamp",
    "Group Name",
    "Creator JID",
    "Creator WA User Name",
    "Creator WA Number",
    "Creator WA Profile Picture",
)


def write(world: World, out: Path) -> list[Written]:
    """A folder of tables."""
    folder = out / "leapp" / "_TSV Exports"
    folder.mkdir(parents=True, exist_ok=True)
    groups = world.groups[:CHATS]
    shown = {group.title: [one for one in group.seen_by(READ) if one.said is not None] for group in groups}
    rows = sorted(((title, one) for title, those in shown.items() for one in those), key=lambda row: row[1].at)
    _table(
        folder / "WhatsApp - Group Messages.tsv",
        _MESSAGES,
        [_message(title, one, one.said) for title, one in rows if one.said is not None],
    )
    made = [
        (
            _time(group.happenings[0].at),
            group.title,
            f"{ADMIN.digits}@s.whatsapp.net",
            ADMIN.name,
            f"+{ADMIN.digits}",
            "",
        )
        for group in groups
    ]
    _table(folder / "WhatsApp - Group Details.tsv", _GROUPS, made)
    people = {one.who for those in shown.values() for one in those} | {ADMIN}
    names = {f"+{one.digits}": one.number for one in people} | {one.name: one.number for one in people}
    names |= {f"{one.digits}@s.whatsapp.net": one.number for one in people} | {"you": READ.number}
    first = {title: local(those[0].at) for title, those in shown.items()}
    return [Written("leapp", "leapp-tsv", first, (), names, {title: len(those) for title, those in shown.items()})]


def _table(path: Path, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter="\t").writerows([head, *rows])


def _message(title: str, one: Happening, said: Said) -> tuple[str, ...]:
    mine = one.who == READ
    path = f"Media/WhatsApp Images/IMG-{one.at:%Y%m%d}-WA{said.picture.number:04}.jpg" if said.picture else ""
    return (
        _time(one.at),
        _time(one.at),
        "",
        "Outgoing" if mine else "Incoming",
        "Self" if mine else one.who.name,
        "" if said.deleted else said.text,
        "",
        title,
        "" if mine else f"{one.who.digits}@s.whatsapp.net",
        "15" if said.deleted else "Picture" if said.picture else "Text",
        path,
        str(len(said.picture.data)) if said.picture else "",
        *[""] * 5,
    )


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}+00:00"
