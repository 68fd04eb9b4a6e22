"""What a tip names people, accounts, places and files by: from the fields that are meant for it, and from free text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from kavalan.identifiers import Kind, find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from kavalan.tips import Capture, Person, Tip

CHANNEL: Final = "Channel"
"""The heading under which stands by what name a channel is called."""
NAMING: Final = frozenset({CHANNEL, "Reported address", "Link"})
"""Headings under which nothing stands but what names something."""
ACCOUNT: Final = "account"
"""The kind of an account by its service's own id; the others are `kavalan.identifiers.Kind`."""
MOST: Final = 2000
"""Namings of one report; a text that names more is a list of something else, and is read where it stands."""

_LONGEST = 400
_LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator where it stands; see `models.Indicator` and `models.Naming`."""

    kind: str
    value: str
    where: str
    person: int | None = None
    strong: bool = True
    port: str = ""
    at: datetime | None = None
    proxy: bool | None = None


def named_in(tip: Tip) -> tuple[list[Named], int]:
    """What a tip names, each value once at each place, and how many namings beyond `MOST` were left out.

    What stands in a field that is meant for it comes first.

    Args:
        tip: in which the names that are sealed are replaced already.
    """
    met: dict[tuple[str, str, str], Named] = {}
    for one in (*_strong(tip), *_weak(tip)):
        fitting = replace(one, value=one.value[:_LONGEST], where=one.where[:200], port=one.port[:10])
        met.setdefault((fitting.kind, fitting.value, fitting.where), fitting)
    found = list(met.values())
    return found[:MOST], max(len(found) - MOST, 0)


def _strong(tip: Tip) -> Iterator[Named]:
    for number, person in enumerate(tip.persons):
        yield from (replace(one, person=number) for one in _of_person(person, f"persons[{number}]", tip))
    for number, file in enumerate(tip.files):
        where = f"files[{number}]"
        yield from (Named(Kind.HASH, digest, where) for digest in (file.md5, file.sha256) if digest)
        yield from _captures(file.captures, where)
    yield from _of_passages(tip)


def _of_passages(tip: Tip) -> Iterator[Named]:
    for number, passage in enumerate(tip.passages):
        where = f"passages[{number}]"
        if passage.heading == CHANNEL:
            yield Named(Kind.HANDLE, f"{tip.platform.casefold()} {passage.text}".strip(), where)
        if passage.heading in NAMING:
            yield from (Named(one.kind, one.value, where) for one in find(passage.text[:_LONGEST_TEXT]))


def _of_person(person: Person, where: str, tip: Tip) -> Iterator[Named]:
    service = (person.account.service or tip.platform or tip.sender).casefold()
    if person.account.id:
        yield Named(ACCOUNT, f"{service} {person.account.id}".strip(), f"{where}.account.id")
    if person.account.screen_name:
        yield Named(Kind.HANDLE, f"{service} {person.account.screen_name}".strip(), f"{where}.account.screen_name")
    for number, text in enumerate(person.emails):
        yield _read(Kind.EMAIL, text, f"{where}.emails[{number}]") or Named(
            Kind.EMAIL, text.casefold(), f"{where}.emails[{number}]"
        )
    for number, text in enumerate(person.phones):
        digits = re.sub(r"[^\d+]", "", text)
        known = _read(Kind.PHONE, text, f"{where}.phones[{number}]")
        if known or digits:
            yield known or Named(Kind.PHONE, digits, f"{where}.phones[{number}]")
    yield from _captures(person.captures, where)


def _captures(captures: tuple[Capture, ...], where: str) -> Iterator[Named]:
    for number, one in enumerate(captures):
        try:
            value = str(ip_address(one.value))
        except ValueError:
            continue  # a device or what a sender calls an address: it stays in the tip, where it is read
        yield Named(
            Kind.IP,
            value,
            f"{where}.captures[{number}]",
            port=one.port,
            at=one.at.utc if one.at else None,
            proxy=one.possible_proxy,
        )


def _read(kind: Kind, text: str, where: str) -> Named | None:
    return next((Named(kind, one.value, where) for one in find(text) if one.kind == kind), None)


def _weak(tip: Tip) -> Iterator[Named]:
    for where, text in _texts(tip):
        for one in find(text[:_LONGEST_TEXT]):
            platform = one.detail if one.kind in {Kind.HANDLE, Kind.INVITE} else ""
            yield Named(
                one.kind,
                f"{platform} {one.value}".strip(),
                where,
                strong=False,
                port=one.detail if one.kind == Kind.IP else "",
            )


def _texts(tip: Tip) -> Iterator[tuple[str, str]]:
    """What people wrote, and what was not understood."""
    yield from ((f"passages[{number}]", one.text) for number, one in enumerate(tip.passages))
    yield from ((f"persons[{number}].profile", one.profile) for number, one in enumerate(tip.persons) if one.profile)
    for number, file in enumerate(tip.files):
        yield from ((f"files[{number}].said", value) for _, value in file.said)
    yield from ((f"leftovers[{number}]", one.value) for number, one in enumerate(tip.leftovers))
