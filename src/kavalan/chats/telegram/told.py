"""What a dump tells, the same whichever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from kavalan.chats.model import Act, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kavalan.chats.telegram.texts import Link


@dataclass(slots=True)
class Person:
    """Somebody.

    Attributes:
        native: `user5`, or `channel5` of a channel that writes.
        name: first and last name.
        handle: without the sign; empty for none.
        phone: as `+447700900123`; empty where the dump has none.
    """

    native: str
    name: str
    handle: str = ""
    phone: str = ""


@dataclass(slots=True)
class Group:
    """A chat.

    Attributes:
        native: `channel5`, `chat5` or `user5`.
        title: empty where the dump has none.
        kind: `group`, `channel`, `personal_chat`.
        handle: without the sign; empty for none.
        sizes: how many, by what is counted, with where that stands.
    """

    native: str
    title: str = ""
    kind: str = ""
    handle: str = ""
    sizes: list[tuple[str, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Member:
    """A row of a list of members.

    Attributes:
        person: as `Person.native`.
        role: `member`, `admin`, `creator`.
        source: the type of the row, with what it says of rank and rights.
        joined: since when they are there, in seconds since 1970; None where the row does not say.
        gone: until when they were there; None for who still is.
        by: who brought or removed them.
        promoted_by: who made them an administrator.
    """

    person: str
    role: str
    source: str
    joined: int | None = None
    gone: int | None = None
    by: str = ""
    promoted_by: str = ""


@dataclass(slots=True)
class Note:
    """A message.

    Attributes:
        chat: as `Group.native`; empty where the message does not say.
        number: of it in its chat.
        moment: in milliseconds since 1970; None where it cannot be read.
        time_text: as written, where it cannot be read.
        sender: as `Person.native`; empty where nobody is named.
        text: what it says.
        links: in it, that lead elsewhere than they read.
        kind: what it is.
        media_name: the file's own name; empty for none.
        media_note: why there is no content.
        reply_to: `chat/number`; empty for none.
        forwarded_from: who wrote it first.
        origin: `chat/number` of the message that was written first, where that is said.
        edited: it was changed.
        counted: it has counts of views or of how often others sent it on.
        act: what a message of Telegram's own says was done; None for what a person wrote.
        rule: the type that said so.
        targets: to whom, as `Person.native`.
        value: the new title, the period, who made the link.
    """

    chat: str
    number: str
    moment: int | None = None
    time_text: str = ""
    sender: str = ""
    text: str = ""
    links: list[Link] = field(default_factory=list)
    kind: Kind = Kind.TEXT
    media_name: str = ""
    media_note: str = ""
    reply_to: str = ""
    forwarded_from: str = ""
    origin: str = ""
    edited: bool = False
    counted: bool = False
    act: Act | None = None
    rule: str = ""
    targets: tuple[str, ...] = ()
    value: str = ""


class Scheme(NamedTuple):
    """How programs of one sort write their objects; each is decoded with its type's name.

    Attributes:
        messages: types of messages.
        people: types of people.
        groups: types of chats.
        full: types of what is told of a chat in full.
        lists: types of lists of members.
        rows: types of the rows of such lists.
        person: what an object tells of somebody.
        group: what one tells of a chat.
        members: whom one lists.
        note: the message that one is.
    """

    messages: frozenset[str]
    people: frozenset[str]
    groups: frozenset[str]
    full: frozenset[str]
    lists: frozenset[str]
    rows: frozenset[str]
    person: Callable[[dict[str, Any]], Person]
    group: Callable[[str, dict[str, Any]], Group]
    members: Callable[[str, dict[str, Any]], Iterator[Member]]
    note: Callable[[str, dict[str, Any]], Note]

    def knows(self, type_: str) -> bool:
        """Whether it is a type of these programs that tells something."""
        return any(type_ in types for types in self[:6])
