"""What a tip says that the first look counts: yes, no or unknown, and which line of it says so.

No fact is told from free text, and none from what somebody is: only from marks that a sender set, from what is given or
missing, and from what an officer or a caller answered.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    tip: Tip, values: Values, now: datetime, answers: Mapping[FactName, bool] | None = None
) -> dict[FactName, Fact]:
    """What a tip says of every fact.

    Args:
        tip: as it was read.
        values: the words by which senders say some of them.
        now: aware UTC.
        answers: what a person said, or the desk's own lists (`files_known`); they go before what the tip says.
    """
    found: dict[FactName, Fact] = {
        "escalated_by_sender": _said(("escalation",) if tip.escalation else ()),
        "escalated_by_clearing_house": _said(_matching("priority", tip.priority.split(), values.urgent)),
        "sextortion": _said(_matching("annotations", tip.annotations, ("sextortion",))),
        "solicitation": _said(_matching("annotations", tip.annotations, ("csamSolicitation",))),
        "enticement": _incident(tip, values.enticement),
        "contact_offence": _incident(tip, values.contact_offence),
        "victim_named": _given(tip, "victim"),
        "recipient_named": _given(tip, "recipient"),
        "reported_named": _given(tip, "reported"),
        "account_named": _said(tuple(_accounts(tip))),
        "still_kept": _still_kept(tip, now),
        **_files(tip, values),
        **_traces(tip),
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


def _given(tip: Tip, role: Role) -> Fact:
    return _said(tuple(_ways(tip, role)))


def _ways(tip: Tip, role: Role) -> Iterator[str]:
    """Where the tip gives a way to find somebody of a role; for a victim an account is one too."""
    for number, person in enumerate(tip.persons):
        if person.role == role:
            ways = {"name": person.name, "emails": person.emails, "phones": person.phones}
            if role != "reported":
                ways["account"] = person.account.id or person.account.screen_name
            yield from (f"persons[{number}].{name}" for name, value in ways.items() if value)


def _accounts(tip: Tip) -> Iterator[str]:
    for number, person in enumerate(tip.persons):
        if person.role == "reported" and (person.account.id or person.account.screen_name):
            yield f"persons[{number}].account"


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


def _traces(tip: Tip) -> dict[FactName, Fact]:
    """Addresses of those who are reported, by how well a carrier could answer for them."""
    captures = [one for number, person in enumerate(tip.persons) for one in _captures(number, person)]
    with_port = tuple(place for place, port, _ in captures if port)
    proxies = [proxy for _, _, proxy in captures]
    return {
        "traced": _said(with_port),
        "traced_without_port": _said(() if with_port else tuple(place for place, _, _ in captures)),
        "only_proxies": Fact(all(proxies), ("captures",)) if proxies and None not in proxies else UNKNOWN,
    }


def _captures(number: int, person: Person) -> Iterator[tuple[str, bool, bool | None]]:
    """Where a capture with an exact time stands, whether its port is said, whether it is thought to be a proxy."""
    for place, capture in enumerate(person.captures):
        if person.role == "reported" and capture.at is not None and capture.at.utc is not None:
            yield f"persons[{number}].captures[{place}]", bool(capture.port), capture.possible_proxy
