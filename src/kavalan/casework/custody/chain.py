"""Who held a thing at each moment, and what in that does not fit: pure, from the events as they were told.

An event that was corrected counts no more. Whoever is given a thing holds it from then on, until they are said to have
given it away. A hand-over moves nothing until it is answered: then the giver held the thing until it was given, the
receiver from when it was received.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kavalan.casework.custody.words import SealState, What, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, timedelta

ANSWERS = frozenset({What.ACCEPTED, What.SLIP})
"""What closes a hand-over."""
MOVES = frozenset({What.LAB_OUT, What.LAB_BACK, What.COURT_OUT, What.COURT_BACK, What.GIVEN_BACK})
"""What takes a thing from one and gives it to another at once."""
_WHERE = {
    What.COLLECTED: Where.HELD,
    What.ACCEPTED: Where.HELD,
    What.SLIP: Where.HELD,
    What.STORED: Where.STORED,
    What.LAB_OUT: Where.LAB,
    What.LAB_BACK: Where.HELD,
    What.COURT_OUT: Where.COURT,
    What.COURT_BACK: Where.HELD,
    What.GIVEN_BACK: Where.GONE,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """An event about one thing.

    Attributes:
        number: in the order in which events were entered.
        what: happened.
        at: when it happened.
        giver: who had it before, as any key; empty where nobody gives.
        taker: who has it from then on; empty where nobody takes.
        seal: the number of the seal that was found or put on; empty where nobody looked.
        state: how the seal was found.
        opened: it was opened there, so another seal is no wonder (what comes back from a laboratory).
        answers: the number of the hand-over that it answers.
        corrects: the number of the event that was wrong.
    """

    number: int
    what: What
    at: datetime
    giver: str = ""
    taker: str = ""
    seal: str = ""
    state: SealState = SealState.UNKNOWN
    opened: bool = False
    answers: int | None = None
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody held it from a moment until another, or does still."""

    holder: str
    since: datetime
    until: datetime | None


class Fault(TextChoices):
    """What does not fit."""

    NOBODY = "nobody", _("Nobody is recorded as holding it")
    SEVERAL = "several", _("More than one is recorded as holding it")
    NOT_THEIRS = "not_theirs", _("Given by somebody who is not recorded as holding it")
    UNOFFERED = "unoffered", _("Accepted, though nobody had given it")
    OTHER_SEAL = "other_seal", _("Another seal than the one that was put on")
    SEAL_BROKEN = "seal_broken", _("The seal was broken, and no opening is recorded")
    SEALED_TWICE = "sealed_twice", _("Sealed again, though no opening is recorded")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that does not fit, from a moment on and where it lasts, until another; `number` is the event's."""

    fault: Fault
    since: datetime
    until: datetime | None = None
    number: int | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """What the events of one thing come to.

    Attributes:
        facts: those that stand, by the time at which they happened.
        holdings: in the order of their beginning.
        gaps: in the order of time.
        open_offer: the number of the hand-over that waits to be answered, None where none does.
        where: the thing is now.
        seal: on it now, empty where it is open or nobody said.
    """

    facts: Sequence[Fact]
    holdings: Sequence[Holding]
    gaps: Sequence[Gap]
    open_offer: int | None
    where: Where
    seal: str

    @property
    def holder(self) -> str:
        """Who has it now; empty where nobody is recorded, and where several are."""
        now = {one.holder for one in self.holdings if one.until is None}
        return next(iter(now)) if len(now) == 1 else ""


def chain_of(told: Iterable[Fact], slack: timedelta) -> Chain:
    """What the events of one thing come to.

    Args:
        told: all of them, in any order.
        slack: how long nobody need hold it between two who did.
    """
    facts = standing(told)
    held, odd = _holdings(facts)
    seal, seals = _seals(facts)
    gaps = sorted([*odd, *seals, *_shared(held), *_missing(held, slack)], key=lambda gap: (gap.since, gap.fault))
    where = [_WHERE[fact.what] for fact in facts if fact.what in _WHERE]
    offers = _unanswered(facts)
    return Chain(facts, held, gaps, offers[-1].number if offers else None, where[-1] if where else Where.HELD, seal)


def standing(told: Iterable[Fact]) -> list[Fact]:
    """The events that nothing corrects, by the time at which they happened; what only strikes another out is none."""
    told = list(told)
    wrong = {fact.corrects for fact in told}
    stays = [fact for fact in told if fact.number not in wrong and fact.what != What.STRUCK]
    return sorted(stays, key=lambda fact: (fact.at, fact.number))


def _unanswered(facts: Sequence[Fact]) -> list[Fact]:
    answered = {fact.answers for fact in facts}
    return [fact for fact in facts if fact.what == What.OFFERED and fact.number not in answered]


def _holdings(facts: Sequence[Fact]) -> tuple[list[Holding], list[Gap]]:
    begun: dict[str, datetime] = {}
    held: list[Holding] = []
    odd: list[Gap] = []
    still_open = {fact.number for fact in _unanswered(facts)}
    offered = {fact.number for fact in facts if fact.what == What.OFFERED}
    for fact in facts:
        gives = fact.what in MOVES or (fact.what == What.OFFERED and fact.number not in still_open)
        if gives and fact.giver in begun:
            held.append(Holding(fact.giver, begun.pop(fact.giver), fact.at))
        elif gives:
            odd.append(Gap(Fault.NOT_THEIRS, fact.at, number=fact.number))
        if fact.what in ANSWERS and fact.answers not in offered:
            odd.append(Gap(Fault.UNOFFERED, fact.at, number=fact.number))
        if fact.what in {What.COLLECTED, *ANSWERS, *MOVES} and fact.taker:
            begun.setdefault(fact.taker, fact.at)
    held += [Holding(holder, since, None) for holder, since in begun.items()]
    return sorted(held, key=lambda one: (one.since, one.holder)), odd


def _counts(held: Sequence[Holding]) -> Iterator[tuple[datetime, datetime | None, int]]:
    """Between each two moments at which something changes, how many hold it; the last stretch has no end."""
    change: Counter[datetime] = Counter()
    for one in held:
        change[one.since] += 1
        if one.until is not None:
            change[one.until] -= 1
    count = 0
    moments = [*sorted(moment for moment in change if change[moment]), None]
    for since, until in pairwise(moments):
        if since is not None:
            count += change[since]
            yield since, until, count


def _shared(held: Sequence[Holding]) -> Iterator[Gap]:
    return _joined(Fault.SEVERAL, ((since, until) for since, until, count in _counts(held) if count > 1))


def _missing(held: Sequence[Holding], slack: timedelta) -> Iterator[Gap]:
    for gap in _joined(Fault.NOBODY, ((since, until) for since, until, count in _counts(held) if count == 0)):
        if gap.until is None or gap.until - gap.since > slack:
            yield gap


def _joined(fault: Fault, spans: Iterable[tuple[datetime, datetime | None]]) -> Iterator[Gap]:
    """The spans as gaps, those that touch made one."""
    begun: datetime | None = None
    end: datetime | None = None
    for since, until in spans:
        if begun is not None and since != end:
            yield Gap(fault, begun, end)
            begun = None
        begun, end = begun or since, until
    if begun is not None:
        yield Gap(fault, begun, end)


def _seals(facts: Sequence[Fact]) -> tuple[str, list[Gap]]:
    """The seal that is on it, and where the seals do not fit: `None` while nobody said, empty while it is open."""
    odd: list[Gap] = []
    seal: str | None = None
    for fact in facts:
        odd += _odd_seal(fact, seal)
        if fact.what == What.UNSEALED or fact.state in {SealState.NONE, SealState.BROKEN}:
            seal = ""
        if fact.seal and fact.what != What.UNSEALED and fact.state != SealState.BROKEN:
            seal = fact.seal
    return seal or "", odd


def _odd_seal(fact: Fact, seal: str | None) -> Iterator[Gap]:
    if fact.opened or fact.what == What.COLLECTED:
        return
    if fact.what == What.SEALED:
        if seal:
            yield Gap(Fault.SEALED_TWICE, fact.at, number=fact.number, said=seal)
        return
    if fact.seal and seal is not None and fact.seal != seal:
        yield Gap(Fault.OTHER_SEAL, fact.at, number=fact.number, said=f"{seal or '–'} → {fact.seal}")
    if seal and fact.state in {SealState.BROKEN, SealState.NONE}:
        yield Gap(Fault.SEAL_BROKEN, fact.at, number=fact.number, said=seal)
