"""Who of those reported may be a child: told from a birth, an age or a mark of the sender, and never from a picture.

It errs towards the child: where only a year is readable, the youngest that it allows counts.
"""

from __future__ import annotations

import re
from datetime import UTC, date
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.tips.model import Person, Tip

Basis = Literal["born", "age", "annotation"]

OF_AGE = 18
"""Years; a child is whoever has not completed them (POCSO Act, 2012, s. 2(1)(d); JJ Act, 2015, s. 2(12))."""
AMONG_MINORS = "minortominorinteraction"
"""The sender's mark by which everybody it reports may be one, folded."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_AGE = re.compile(r"(?<!\d)\d{1,3}(?!\d)")


class MayBeMinor(msgspec.Struct, frozen=True):
    """Why somebody may be a child, and the place in the tip that says so."""

    basis: Basis
    where: str


def possible_minors(tip: Tip, now: datetime) -> dict[int, MayBeMinor]:
    """The reported persons who may have been under eighteen when it happened, or are now, by their number in the tip.

    Args:
        tip: as it was read, before anything of it was sealed.
        now: aware UTC.
    """
    at = _earliest(tip, now)
    marked = any(word.casefold() == AMONG_MINORS for word in tip.annotations)
    found = {}
    for number, person in enumerate(tip.persons):
        if person.role == "reported" and (basis := _basis(person, at, marked=marked)):
            where = "annotations" if basis == "annotation" else f"persons[{number}].{basis}"
            found[number] = MayBeMinor(basis, where)
    return found


def _earliest(tip: Tip, now: datetime) -> date:
    """The day of the incident where it is told and past: whoever was a child then is treated as one."""
    said = tip.incident_at
    return min(said.utc, now).date() if said and said.utc else now.astimezone(UTC).date()


def _basis(person: Person, at: date, *, marked: bool) -> Basis | None:
    if (born := _youngest(person.born)) and _years(born, at) < OF_AGE:
        return "born"
    if (age := _AGE.search(person.age)) and int(age[0]) < OF_AGE:
        return "age"
    return "annotation" if marked else None


def _youngest(text: str) -> date | None:
    """The latest day of birth that a text allows; None where it holds not even a year."""
    if day := _DAY.match(text):
        try:
            return date(*map(int, day.groups()))
        except ValueError:
            pass
    years = _YEAR.findall(text)
    return date(max(map(int, years)), 12, 31) if years else None


def _years(born: date, at: date) -> int:
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))
