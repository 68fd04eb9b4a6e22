"""What happens in the district: groups that grow and shrink, what is said in them, and what is passed on.

It knows no form of export. What happened is true whatever a telephone saw of it; `Group.seen_by` says what one saw.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from chat_world.people import ADMIN, HELPERS, LARGE, READ, SELLER, Person, members_of

GROUPS: Final = 35
START: Final = datetime(2025, 1, 14, 2, 30, tzinfo=UTC)
STATED: Final = 38_000
"""Members that the channel of notices says it has."""
CHANNEL, CHANNEL_ID = "Harbour notices", 777_000_777
TALK: Final = (
    "the boats go out at five",
    "നാളെ രാവിലെ വള്ളം കടവിൽ വരും",
    "कल शाम को नाव किनारे पर मिलेगी",
    "who has a spare net?",
    "ok",
    "see you at the harbour",
    "rain tomorrow, they say",
)
OFFER: Final = "nets at 400, pay to netseller@okexample, UPI ref 512345678901"
NOTICES: Final = tuple(
    f"Notice {n} of the harbour: boats of pier {n % 7 + 1} leave at {n % 12 + 4} in the morning, nets are dried on the "
    f"north shore, and whoever finds oar number {1000 + n} brings it to the keeper of the harbour. Pass it on to all."
    for n in range(1, 13)
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A gradient, small enough to lie in a table.

    Attributes:
        number: unlike that of any other picture.
    """

    number: int

    @property
    def data(self) -> bytes:
        """The file, a plain grey map of 16 by 16."""
        return b"P5 16 16 255\n" + bytes(
            (x * (self.number % 13 + 1) + 7 * y) % 256 for y in range(16) for x in range(16)
        )

    @property
    def sha256(self) -> str:
        """Of the file, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote.

    Attributes:
        text: empty where only a picture is sent.
        answers: number of the happening that it answers; 0 for none.
        notice: number of the channel's notice that is passed on; 0 for none.
        hops: how often that notice was passed on before, and now.
        picture: that is sent.
        edited: it was changed afterwards.
        deleted: it was taken back afterwards.
    """

    text: str
    answers: int = 0
    notice: int = 0
    hops: int = 0
    picture: Picture | None = None
    edited: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened in a group.

    Attributes:
        number: within its group, from 1.
        at: when.
        act: `said`, `created`, `added`, `joined`, `left`, `removed`, `promoted`, `demoted`.
        who: did it.
        targets: to whom.
        said: what, where something was said.
    """

    number: int
    at: datetime
    act: str
    who: Person
    targets: tuple[Person, ...] = ()
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Somebody pays the seller.

    Attributes:
        at: when.
        who: pays.
        rupees: how many.
        number: of the transfer, twelve digits.
    """

    at: datetime
    who: Person
    rupees: int
    number: str


@dataclass(frozen=True, slots=True)
class Call:
    """The administrator and somebody talk.

    Attributes:
        at: when it began.
        who: calls.
        whom: is called.
        seconds: how long they talked; 0 where nobody answered.
    """

    at: datetime
    who: Person
    whom: Person
    seconds: int


@dataclass
class Group:
    """One of the administrator's groups.

    Attributes:
        number: from 0.
        at: time of what happens next.
        members: who is there now.
        admins: who administers it now.
        gone: who was there.
        happenings: in order.
    """

    number: int
    chance: random.Random
    at: datetime
    members: list[Person] = field(default_factory=list)
    admins: list[Person] = field(default_factory=list)
    gone: list[Person] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Its name; of one it has a colon, which elsewhere stands behind an author."""
        return "Plan: boats 7" if self.number == 7 else f"Boats {self.number}"

    def seen_by(self, owner: Person) -> list[Happening]:
        """What the telephone of this member saw: from when they came; who came first was shown who made the group."""
        came = next(place for place, one in enumerate(self.happenings) if owner in {one.who, *one.targets})
        return self.happenings[came if came > 1 else 0 :]

    def say(self, who: Person, said: Said) -> None:
        """Somebody writes."""
        self._write("said", who, (), said)

    def happen(self, act: str, who: Person, *targets: Person) -> None:
        """It happens; who comes, goes, or gets a part is kept."""
        self._write(act, who, targets, None)
        for one in targets or (who,):
            self._follow(act, one)

    def _write(self, act: str, who: Person, targets: tuple[Person, ...], said: Said | None) -> None:
        self.happenings.append(Happening(len(self.happenings) + 1, self.at, act, who, targets, said))
        self.at += timedelta(seconds=self.chance.randrange(60, 5400))

    def _follow(self, act: str, one: Person) -> None:
        match act:
            case "created":
                self.members.append(one)
                self.admins.append(one)
            case "added" | "joined":
                self.members.append(one)
                if one in self.gone:
                    self.gone.remove(one)
            case "left" | "removed":
                self.members.remove(one)
                self.gone.append(one)
                self._demote(one)
            case "promoted":
                self.admins.append(one)
            case "demoted":
                self._demote(one)

    def _demote(self, one: Person) -> None:
        if one in self.admins:
            self.admins.remove(one)


@dataclass(frozen=True)
class World:
    """The district.

    Attributes:
        seed: of the chance that made it.
        groups: of the administrator.
    """

    seed: int
    groups: tuple[Group, ...]

    def payments(self) -> list[Payment]:
        """What followed the seller's offers, in the order of time."""
        chance = random.Random(self.seed + 1)  # noqa: S311 not for secrets
        offers = [(one.at, group.members) for group in self.groups for one in group.happenings if one.who == SELLER]
        made = [
            Payment(at + timedelta(minutes=chance.randrange(5, 300)), chance.choice(members), 400, _digits(chance))
            for at, members in offers
            if len(members) > 3
        ]
        return sorted((one for one in made if one.who != SELLER), key=lambda one: one.at)

    def calls(self) -> list[Call]:
        """Of the administrator's telephone, after every tenth happening, in the order of time."""
        chance = random.Random(self.seed + 2)  # noqa: S311 not for secrets
        made = []
        for group in self.groups:
            for one in group.happenings[9::10]:
                other = one.who if one.who != ADMIN else READ
                who, whom = (ADMIN, other) if chance.random() < 0.6 else (other, ADMIN)
                made.append(Call(one.at + timedelta(seconds=30), who, whom, chance.choice((0, 12, 75, 3671))))
        return sorted(made, key=lambda one: one.at)

    def people(self) -> list[Person]:
        """Everybody, in the order of their numbers."""
        found = {person for group in self.groups for one in group.happenings for person in (one.who, *one.targets)}
        return sorted(found, key=lambda one: one.number)


def make(seed: int, groups: int = GROUPS) -> World:
    """The same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 not for secrets
    hops = dict.fromkeys(range(1, len(NOTICES) + 1), 0)
    return World(seed, tuple(_group(number, chance, hops) for number in range(groups)))


def _digits(chance: random.Random) -> str:
    return f"5{chance.randrange(10**11):011}"


def _group(number: int, chance: random.Random, hops: dict[int, int]) -> Group:
    made = Group(number, chance, START + timedelta(hours=number))
    made.happen("created", ADMIN)
    # The telephone that is read was there from the first day, but for every fifth group.
    late = number % 5 == 4
    if not late:
        made.happen("added", ADMIN, READ)
    size = LARGE if number == 0 else chance.randrange(8, 30)
    people = list(members_of(number, size - 2))
    for start in range(0, len(people), 10):
        made.happen("added", ADMIN, *people[start : start + 10])
    for helper in HELPERS[: number % 5]:
        made.happen("added", ADMIN, helper)
    if late:
        for _ in range(20):
            _something(made, hops)
        made.happen("added", ADMIN, READ)
    made.happen("joined", SELLER)
    for _ in range(60):
        _something(made, hops)
    return made


def _something(made: Group, hops: dict[int, int]) -> None:
    """Chance decides; who administers everything, who sells and whose telephone is read stay."""
    who = made.chance.choice(made.members)
    stays = who in {ADMIN, SELLER, READ}
    match made.chance.randrange(16):
        case 0 if not stays:
            made.happen("left", who)
        case 1 if not stays:
            made.happen("removed", ADMIN, who)
        case 2 if who not in made.admins and who != READ:
            made.happen("promoted", ADMIN, who)
        case 3 if who in made.admins and who != ADMIN:
            made.happen("demoted", ADMIN, who)
        case 4 if made.gone:
            made.happen("added", ADMIN, made.gone[0])
        case 5 if SELLER in made.members:
            made.say(SELLER, Said(OFFER))
        case 6:
            notice = made.chance.randrange(1, len(NOTICES) + 1)
            hops[notice] += 1
            forwarder = made.chance.choice([ADMIN, who])
            made.say(forwarder, Said(NOTICES[notice - 1], notice=notice, hops=hops[notice]))
        case 7:
            made.say(who, Said("", picture=Picture(made.chance.randrange(40))))
        case _:
            _talk(made, who)


def _talk(made: Group, who: Person) -> None:
    """Most is only said; some answers something, is changed, or is taken back."""
    said = [one for one in made.happenings if one.act == "said"]
    answers = made.chance.choice(said).number if said and made.chance.random() < 0.2 else 0
    fate = made.chance.random()
    text = made.chance.choice(TALK)
    made.say(who, Said(text, answers, edited=fate < 0.04, deleted=fate > 0.96))
