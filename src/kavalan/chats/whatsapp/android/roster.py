"""Who is in groups and who was, as the telephone keeps it: the lists that no exported text has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kavalan.chats.model import Rostered
from kavalan.chats.whatsapp.values import whole, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.chats.whatsapp.android.chats import Chats
    from kavalan.chats.whatsapp.android.people import People
    from kavalan.chats.whatsapp.opened import Opened

_ROLES: Final = {0: "member", 1: "admin", 2: "creator"}
"""By `rank`, which was called `admin` once; 2 is who made the group or has it now."""
_WANTED: Final = (
    "group_jid_row_id", "user_jid_row_id", "rank", "admin", "pending", "add_timestamp", "join_method", "label",
)  # fmt: skip


def tell_roster(opened: Opened, people: People, chats: Chats) -> Iterator[None]:
    """Tell members, and those who left or were removed within the time for which the telephone keeps it; one each step.

    Args:
        opened: `msgstore.db`.
        people: who is who.
        chats: which chat is which.
    """
    base, outlet, moments, tell = opened.base, opened.outlet, opened.moments, opened.tally.doubt
    for number, group, user, rank, admin, pending, since, method, label in base.walk(
        "group_participant_user", _WANTED, tell
    ):
        who = people.of(whole(user))
        raw = rank if rank is not None else admin
        if pending or not who.id:
            tell(
                "a member of a group who is pending, or of whom nothing is known; places are numbers of rows",
                whole(number),
            )
            continue
        source = f"msgstore group_participant_user, rank {word(raw)}"
        for name, value in (("join_method", method), ("label", label)):
            source += f", {name} {word(value)}" if value is not None and value != "" else ""
        chat = chats.of_jid(whole(group)).id
        # It is when somebody was added; since when they administer the group is not kept.
        outlet.rostered(Rostered(chat, who.id, "member", source, moments.local(since)))
        if (role := _ROLES.get(whole(raw), "member")) != "member":
            outlet.rostered(Rostered(chat, who.id, role, source))
        yield
    columns = ("group_jid_row_id", "user_jid_row_id", "is_leave", "timestamp")
    for number, group, user, left, until in base.walk("group_past_participant_user", columns, tell):
        source = f"msgstore group_past_participant_user, is_leave {word(left)}"
        who, at = people.of(whole(user)), moments.local(until)
        if not (who.id and at):
            tell("a former member of a group without a time or an address; places are numbers of rows", whole(number))
            continue
        outlet.rostered(Rostered(chats.of_jid(whole(group)).id, who.id, "member", source, until=at))
        yield
