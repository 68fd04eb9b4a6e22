"""Who was in the chats of a store and what part they had, as `memberships` has it, chat by chat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kavalan.chats.keys import normal_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kavalan.chats.store.search import Store

ROLES: Final = ("creator", "admin", "member", "poster", "forwarder")
"""In the order in which they are told."""

_CHATS: Final = (
    "SELECT id, title, kind, messages, known_members, stated_members, stated_at, stated_by FROM conversations"
    " ORDER BY title, id"
)
_PARTS: Final = (
    "SELECT p.role, a.id, a.name, a.native, a.country, p.since, p.since_by, p.since_key, p.first_seen,"
    " p.first_seen_key, p.until, p.until_by, p.until_key, p.posts, coalesce(b.name, ''), p.label, p.roster"
    " FROM memberships p JOIN account a ON a.id = p.account_id LEFT JOIN account b ON b.id = p.by_id"
    " WHERE p.conversation_id = ? ORDER BY p.since = '', p.since, p.first_seen, a.name, a.id"
)
_FEWEST_DIGITS: Final = 7


class RoleHeld(NamedTuple):
    """That somebody had a part in a chat; its attributes are those of `model.Membership` and of the account.

    Attributes:
        role: of `ROLES`.
        account_id: key of the account.
        name: as shown first.
        native: number or name.
        number_prefix: the country in whose plan a number lies, which is not where anybody is.
        since: local time; empty where it is not known.
        since_by: by what it is known.
        since_key: of the message that says so; None for none.
        first_seen: local time of the first message that shows it.
        first_seen_key: of that message; None where only a list does.
        until: local time; empty for none.
        until_by: by what it is known.
        until_key: of the message that says so.
        posts: messages written meanwhile.
        by: who added them, as shown.
        label: in words.
        roster: where the list stands that says so.
    """

    role: str
    account_id: str
    name: str
    native: str
    number_prefix: str
    since: str
    since_by: str
    since_key: str | None
    first_seen: str
    first_seen_key: str | None
    until: str
    until_by: str
    until_key: str | None
    posts: int
    by: str
    label: str
    roster: str


class ChatMembers(NamedTuple):
    """A chat and who had a part in it.

    Attributes:
        conversation_id: its key.
        title: as the source names it last.
        kind: such as `group`.
        messages: how many.
        known_members: how many are known by message or list.
        stated_members: how many the source says that it has; None where it does not.
        stated_at: local time of that.
        stated_by: where it stands.
        parts: who had which, by role and then by time.
    """

    conversation_id: str
    title: str
    kind: str
    messages: int
    known_members: int
    stated_members: int | None
    stated_at: str
    stated_by: str
    parts: list[RoleHeld]


def members_of(store: Store, roles: Collection[str], who: str = "") -> Iterator[ChatMembers]:
    """The chats of a store in which somebody had one of the roles; one chat is held at a time.

    Args:
        store: an open one.
        roles: of `ROLES`.
        who: only this account: a name, in any case, or a number, however it is written; everybody where empty.
    """
    for chat in store.base.execute(_CHATS).fetchall():
        parts = [part for row in store.base.execute(_PARTS, chat[:1]) if _asked(part := RoleHeld(*row), roles, who)]
        if parts:
            yield ChatMembers._make((*chat, sorted(parts, key=lambda part: ROLES.index(part.role))))


def _asked(part: RoleHeld, roles: Collection[str], who: str) -> bool:
    if part.role not in roles:
        return False
    if not who:
        return True
    digits = re.sub(r"\D", "", who)
    if len(digits) >= _FEWEST_DIGITS and digits == re.sub(r"\D", "", part.native):
        return True
    return normal_name(who) in {normal_name(part.name), normal_name(part.native)}
