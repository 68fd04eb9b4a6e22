"""What is true of the district, whatever an export of it says, and what each export could know of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from chat_world.people import Person
    from chat_world.world import Group, Happening, World

ZONE: Final = ZoneInfo("Asia/Kolkata")
_ALL: Final = ("member", "creator", "admin")
_ROLES: Final = {
    "created": _ALL,
    "added": ("member",),
    "joined": ("member",),
    "promoted": ("admin",),
}
_ENDS: Final = {"left": _ALL, "removed": _ALL, "demoted": ("admin",)}


@dataclass
class Interval:
    """That somebody had a role.

    Attributes:
        who: number of the person.
        role: `member`, `admin` or `creator`.
        since: local time.
        by: the happening that it began by.
        until: local time; empty for as long as the world goes.
        until_by: the happening that it ended by.
    """

    who: int
    role: str
    since: str
    by: str
    until: str = ""
    until_by: str = ""


@dataclass
class Written:
    """A source that was written, and what it could know.

    Attributes:
        given: the file or folder to be read, which may hold several sources.
        form: as `kavalan chats read` calls it.
        sees: titles of the groups in it, each with the local time from which its happenings are in it.
        states: kinds of happenings that it tells with those whom they concern.
        names: how people are named in it, each with the number of the person; 0 for what stands for nobody.
        messages: happenings in it, by group.
        passed_on: messages in it that it tells to be passed on.
        answers: it tells which message is answered.
        rosters: it has a list of who was there when it was written.
        unlisted: number of the person whom such lists leave out; 0 for nobody.
        precision: of its times, `day`, `minute` or `second`.
        digests: of files, as it states them or as they lie in it, each with how many messages carry it.
        columns: file that says what the columns of a table mean.
        kind: of what was written, where a form has several kinds.
        titles: how it calls a group where it has another name for it.
    """

    given: str
    form: str
    sees: dict[str, str]
    states: tuple[str, ...]
    names: dict[str, int]
    messages: dict[str, int]
    passed_on: int = 0
    answers: bool = False
    rosters: bool = False
    unlisted: int = 0
    digests: dict[str, int] = field(default_factory=dict)
    precision: str = "second"
    columns: str = ""
    kind: str = ""
    titles: dict[str, str] = field(default_factory=dict)


def local(at: datetime) -> str:
    """Local time of the district, without zone."""
    return at.astimezone(ZONE).replace(tzinfo=None).isoformat()


def passed_on(happenings: Iterable[Happening]) -> int:
    """How many of them pass a notice on."""
    return sum(one.said is not None and one.said.notice > 0 for one in happenings)


def intervals(group: Group) -> list[Interval]:
    """Who was there and had which part, in the order in which it began."""
    made: list[Interval] = []
    for one in group.happenings:
        concerned = one.targets or (one.who,)
        for person in concerned:
            for role in _ENDS.get(one.act, ()):
                _end(made, person, role, local(one.at), one.act)
            made += [Interval(person.number, role, local(one.at), one.act) for role in _ROLES.get(one.act, ())]
    return made


def _end(made: list[Interval], person: Person, role: str, at: str, act: str) -> None:
    for one in made:
        if one.who == person.number and one.role == role and not one.until:
            one.until, one.until_by = at, act


def _said(group: Group) -> Iterator[dict[str, object]]:
    """Words that somebody wrote, but for what was taken back."""
    words = {one.number: one.said.text for one in group.happenings if one.said is not None and not one.said.deleted}
    for one in group.happenings:
        if one.said is not None and words.get(one.number):
            yield {
                "at": local(one.at),
                "who": one.who.number,
                "text": one.said.text,
                "answers": words.get(one.said.answers, ""),
                "answers_at": local(group.happenings[one.said.answers - 1].at) if one.said.answers else "",
                "passed_on": one.said.notice > 0,
            }


def tell(world: World, written: list[Written]) -> dict[str, object]:
    """All of it, for `truth.json`."""
    return {
        "seed": world.seed,
        "zone": ZONE.key,
        "people": [{"number": one.number, "name": one.name, "phone": one.phone} for one in world.people()],
        "groups": {group.title: [asdict(one) for one in intervals(group)] for group in world.groups},
        "said": {group.title: list(_said(group)) for group in world.groups},
        "sources": [asdict(one) | {"names": dict(sorted(one.names.items()))} for one in written],
    }
