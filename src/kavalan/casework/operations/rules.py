"""The words of operations, and what the entries about a site come to; no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MOST_PERSONS = 99
"""Arrested persons that one entry tells; more at one site are two entries."""


class State(TextChoices):
    """What is told of a site."""

    PLANNED = "planned", _("planned")
    SEARCHED = "searched", _("searched")
    NOTHING = "nothing", _("nothing found")
    SEIZED = "seized", _("things seized")
    ARRESTED = "arrested", _("arrested")
    TAKEN_BACK = "taken_back", _("taken back: it was not so")


TOLD = (State.SEARCHED, State.NOTHING, State.SEIZED, State.ARRESTED)
"""What officers tell of a site once it was planned, in the order in which it happens."""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry about a site: its number, when it happened (aware UTC), how many were arrested, what it corrects."""

    number: int
    what: State
    at: datetime
    persons: int = 0
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the entries about a site come to.

    Attributes:
        searched_at: when it was searched: the earliest of what is told but the planning; None where nothing is.
        nothing: that nothing was found is told.
        seized: that things were seized is told.
        arrests: persons arrested there, as told.
        planned: that it was planned is not taken back.
    """

    searched_at: datetime | None = None
    nothing: bool = False
    seized: bool = False
    arrests: int = 0
    planned: bool = True

    @property
    def state(self) -> State:
        """The furthest of what is told; taken back where the site itself is."""
        if not self.planned:
            return State.TAKEN_BACK
        if self.arrests:
            return State.ARRESTED
        if self.seized or self.nothing:
            return State.SEIZED if self.seized else State.NOTHING
        return State.SEARCHED if self.searched_at else State.PLANNED


def holding(entries: Sequence[Told]) -> list[Told]:
    """The entries that hold: neither corrected by another nor taking one back."""
    corrected = {one.corrects for one in entries}
    return [one for one in entries if one.number not in corrected and one.what != State.TAKEN_BACK]


def standing(entries: Sequence[Told]) -> Standing:
    """What all entries about one site come to."""
    held = holding(entries)
    there = [one for one in held if one.what != State.PLANNED]
    whats = {one.what for one in held}
    return Standing(
        min((one.at for one in there), default=None),
        State.NOTHING in whats,
        State.SEIZED in whats,
        sum(one.persons for one in there if one.what == State.ARRESTED),
        State.PLANNED in whats,
    )


def fault(entries: Sequence[Told], told: Told) -> str | None:
    """Why an entry cannot stand beside those that are there, in English for a refusal; None where it can."""
    if why := _fault_of_persons(told):
        return why
    others = [one for one in holding([*entries, told]) if one.number != told.number]
    planned = any(one.what == State.PLANNED for one in others)
    if told.what == State.TAKEN_BACK:
        alone = planned or not others
        return None if alone else "Something is told of this site: take that back before the site itself."
    if not planned:
        return "This site was taken back."
    if any(_same(one, told) for one in others):
        return "This is told already."
    opposite = {State.NOTHING: State.SEIZED, State.SEIZED: State.NOTHING}.get(told.what)
    if any(one.what == opposite for one in others):
        return "That nothing was found and that things were seized cannot both be so: correct the entry that is wrong."
    return None


def _fault_of_persons(told: Told) -> str | None:
    if told.what == State.ARRESTED and not 1 <= told.persons <= MOST_PERSONS:
        return "Say how many persons were arrested: from one to 99."
    if told.what != State.ARRESTED and told.persons:
        return "Persons are told with an arrest alone."
    return None


def _same(one: Told, told: Told) -> bool:
    """Whether it says nothing new: an arrest may be told twice, if it is another one; anything else once."""
    if one.what != told.what:
        return False
    return told.what != State.ARRESTED or (one.at, one.persons) == (told.at, told.persons)
