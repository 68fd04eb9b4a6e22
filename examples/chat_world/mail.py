"""The same talk as a mailing list: an mbox in which every group is a thread, the pictures attached."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from chat_world.truth import ZONE, Written, local
from chat_world.whatsapp_android import digests

if TYPE_CHECKING:
    from pathlib import Path

    from chat_world.world import Group, Happening, Said, World

CHATS: Final = 3
"""How many of the groups write letters."""


def write(world: World, out: Path) -> list[Written]:
    """One mailbox, letters in the order of their dates."""
    path = out / "letters.mbox"
    path.unlink(missing_ok=True)
    groups = world.groups[1 : 1 + CHATS]
    said = sorted(
        ((group, one) for group in groups for one in group.happenings if one.said is not None and not one.said.deleted),
        key=lambda pair: pair[1].at,
    )
    box = mailbox.mbox(path)
    for group, one in said:
        if one.said is not None:
            kept = mailbox.mboxMessage(_letter(group, one, one.said))
            kept.set_from("list@lists.example.org", one.at.timetuple())
            box.add(kept)
    box.close()
    counts = {group.title: sum(here is group for here, _ in said) for group in groups}
    first = {group.title: next(local(one.at) for here, one in said if here is group) for group in groups}
    people = {one.who for _, one in said}
    names = {one.email: one.number for one in people} | {one.name: one.number for one in people}
    # A list's own address stands for nobody.
    names |= {f"boats{group.number}@lists.example.org": 0 for group in groups}
    sent = digests(one for _, one in said)
    return [Written(path.name, "email", first, (), names, counts, answers=True, digests=sent)]


def _letter(group: Group, one: Happening, said: Said) -> EmailMessage:
    letter = EmailMessage()
    first = next(each for each in group.happenings if each.said is not None and not each.said.deleted)
    answered = group.happenings[said.answers - 1] if said.answers else None
    if answered is None or answered.said is None or answered.said.deleted:
        answered = first
    letter["From"] = f"{one.who.name} <{one.who.email}>"
    letter["To"] = f"{group.title} <boats{group.number}@lists.example.org>"
    letter["Subject"] = group.title if one is first else f"Re: {group.title}"
    letter["Date"] = format_datetime(one.at.astimezone(ZONE))
    letter["Message-ID"] = _number(group, one)
    if one is not first:
        letter["In-Reply-To"] = _number(group, answered)
        letter["References"] = " ".join(dict.fromkeys([_number(group, first), _number(group, answered)]))
    letter.set_content(said.text or "see the picture")
    if said.picture is not None:
        name = f"picture{said.picture.number}.pgm"
        letter.add_attachment(said.picture.data, maintype="image", subtype="x-portable-graymap", filename=name)
        letter.set_boundary(f"=={group.number}=={one.number}==")
    return letter


def _number(group: Group, one: Happening) -> str:
    return f"<{group.number}.{one.number}@example.org>"
