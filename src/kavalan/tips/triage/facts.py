"""What a tip says that the first look counts: yes, no or unknown, and which line of it says so.

No fact is told from free text, and none from what somebody is: only from marks that a sender set, from what is given or
missing, and from what an officer or a caller answered.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kavalan.tips.model import Person, Role, Tip
    from kavalan.tips.triage.rules import FactName, Values

KEPT_FOR = timedelta(days=365)
"""How long senders in the United States keep what they reported, since 7 May 2024 (REPORT Act)."""


class Fact(msgspec.Struct, frozen=True):
    """An answer and what it rests on.

    Attributes:
        answer: None where nothing was said.
        because: the lines that say so, as places in the tip.
    """

    answer: bool | None = None
    because: tuple[str, ...] = ()


UNKNOWN = Fact()


def facts_of(
    tip: Tip,
    values: Values,
    now: datetime,
    answers: Mapping[FactName, bool | None] | None = None,
    minors: Collection[int] = (),
) -> dict[FactName, Fact]:
    """What a tip says of every fact.

    Args:
        tip: as it was read.
        values: the words by which senders say some of them.
        now: aware UTC.
        answers: what a person said, or the desk's own lists (`files_known`); they go before what the tip says, and None
            makes a fact unknown that the tip states.
        minors: numbers of reported persons who may be children: that they can be found is not counted.
    """
    reported = [
        (number, person)
        for number, person in enumerate(tip.persons)
        if person.role == "reported" and number not in minors
    ]
    found: dict[FactName, Fact] = {
        "escalated_by_sender": _said(("escalation",) if tip.escalation else ()),
        "escalated_by_clearing_house": _said(_matching("priority", tip.priority.split(), values.urgent)),
        "sextortion": _said(_matching("annotations", tip.annotations, ("sextortion",))),
        "solicitation": _said(_matching("annotations", tip.annotations, ("csamSolicitation",))),
        "enticement": _incident(tip, values.enticement),
        "contact_offence": _incident(tip, values.contact_offence),
        "victim_named": _said(tuple(_ways(_of(tip, "victim")))),
        "recipient_named": _said(tuple(_ways(_of(tip, "recipient")))),
        "reported_named": _said(tuple(_ways(reported))),
        "account_named": _said(tuple(_accounts(reported))),
        "account_compromised": _said(tuple(_compromised(tip, values))),
        "still_kept": _still_kept(tip, now),
        **_files(tip, values),
        **_traces(reported),
    }
    for name, answer in (answers or {}).items():
        found[name] = Fact(answer, ("answered",))
    return found


def _said(because: tuple[str, ...]) -> Fact:
    """Yes where something says so; that nothing does is no answer."""
    return Fact(True, because) if because else UNKNOWN


def _matching(where: str, given: tuple[str, ...] | list[str], wanted: tuple[str, ...]) -> tuple[str, ...]:
    known = {word.casefold() for word in wanted}
    return tuple(f"{where}: {word}" for word in given if word.casefold() in known)


def _incident(tip: Tip, wanted: tuple[str, ...]) -> Fact:
    """A kind was named, so another kind is a no."""
    if not tip.incident:
        return UNKNOWN
    return Fact(tip.incident.casefold() in {word.casefold() for word in wanted}, ("incident",))


def _of(tip: Tip, role: Role) -> list[tuple[int, Person]]:
    return [(number, person) for number, person in enumerate(tip.persons) if person.role == role]


def _ways(persons: Iterable[tuple[int, Person]]) -> Iterator[str]:
    """Where the tip gives a way to find somebody; for a victim or a recipient an account is one too."""
    for number, person in persons:
        ways = {"name": person.name, "emails": person.emails, "phones": person.phones}
        if person.role != "reported":
            ways["account"] = person.account.id or person.account.screen_name
        yield from (f"persons[{number}].{name}" for name, value in ways.items() if value)


def _accounts(reported: Iterable[tuple[int, Person]]) -> Iterator[str]:
    for number, person in reported:
        if person.account.id or person.account.screen_name:
            yield f"persons[{number}].account"


def _compromised(tip: Tip, values: Values) -> Iterator[str]:
    """Where it is stated that an account was in other hands than its owner's.

    Senders have a field for it that the form in which police receive a report is not known to carry, so it is looked
    for among what was not understood.
    """
    known = {word.casefold() for word in values.compromised}
    yield from _matching("annotations", tip.annotations, values.compromised)
    for one in tip.leftovers:
        if one.where.rpartition(".")[2].casefold() in known and one.value.strip().casefold() == "true":
            yield one.where


def _still_kept(tip: Tip, now: datetime) -> Fact:
    if tip.received is None or tip.received.utc is None:
        return UNKNOWN
    return Fact(now - tip.received.utc < KEPT_FOR, ("received",))


def _files(tip: Tip, values: Values) -> dict[FactName, Fact]:
    given = tuple(f"files[{number}]" for number, _ in enumerate(tip.files))
    unseen = [file.seen_by_sender for file in tip.files]
    tags = tuple(tag for file in tip.files for tag in file.tags)
    return {
        "files_given": _said(given),
        "files_viral": _said(_matching("tags", tags, values.viral)),
        "live_abuse": _said(_matching("tags", tags, values.live)),
        "files_unseen": Fact(False in unseen, given) if unseen and None not in unseen else UNKNOWN,
    }


def _traces(reported: Iterable[tuple[int, Person]]) -> dict[FactName, Fact]:
    """Addresses of those who are reported, by how well a carrier could answer for them."""
    captures = [one for number, person in reported for one in _captures(number, person)]
    with_port = tuple(place for place, port, _ in captures if port)
    proxies = tuple(place for place, _, proxy in captures if proxy)
    answers = [proxy for _, _, proxy in captures]
    return {
        "traced": _said(with_port),
        "traced_without_port": _said(() if with_port else tuple(place for place, _, _ in captures)),
        "a_proxy": _said(proxies),
        "only_proxies": Fact(all(answers), proxies or ("captures",)) if answers and None not in answers else UNKNOWN,
    }


def _captures(number: int, person: Person) -> Iterator[tuple[str, bool, bool | None]]:
    """Where a capture with an exact time stands, whether its port is said, whether it is thought to be a proxy."""
    for place, capture in enumerate(person.captures):
        if capture.at is not None and capture.at.utc is not None:
            yield f"persons[{number}].captures[{place}]", bool(capture.port), capture.possible_proxy
