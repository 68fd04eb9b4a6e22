"""The law in force on a day."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kavalan.law.errors import NotInForceError, UnknownError
from kavalan.law.model import Act, Clock, Code, Dated, Investigator, Provision, Rank, Section, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_D = TypeVar("_D", bound=Dated)
_V = TypeVar("_V")


class Law(msgspec.Struct, frozen=True):
    """Everything the data holds, checked whole by `load_law`. Each question is asked for a day.

    Attributes:
        acts: by id.
        codes: by id.
        sections: by the act's id and the section's number.
        clocks: versions by the clock's id, the earliest first.
        investigators: who at least investigates, in versions by the act's id, the earliest first.
        ladders: ranks by the ladder's id, the lowest first.
    """

    acts: Mapping[str, Act]
    codes: Mapping[str, Code]
    sections: Mapping[tuple[str, str], Section]
    clocks: Mapping[str, tuple[Clock, ...]]
    investigators: Mapping[str, tuple[Investigator, ...]]
    ladders: Mapping[str, tuple[Rank, ...]]

    def act(self, name: str, on: date) -> Act:
        """An act, if it was in force on that day.

        Raises:
            UnknownError: it is not in the data.
            NotInForceError: it was not in force.
        """
        return _of_day((_known(self.acts, "act", name),), on, name)

    def code(self, name: str, on: date) -> Act:
        """The act of a code (`substantive`, `procedure`, `evidence`) on the day that decides; see `Code.decided_by`.

        Raises:
            UnknownError: it is not in the data.
            NotInForceError: the data begins later.
        """
        acts = _known(self.codes, "code", name).acts
        return _of_day((self.acts[act] for act in acts), on, name)

    def section(self, act: str, number: str, on: date) -> Provision:
        """A section as it stood on that day.

        Raises:
            UnknownError: it is not in the data.
            NotInForceError: it was not in force.
        """
        name = f"{act} {number}"
        if (act, number) not in self.sections:
            raise UnknownError("section", name)
        return _of_day(self.sections[act, number].version, on, name)

    def clock(self, name: str, on: date) -> Clock:
        """A time limit as it stood on that day.

        Raises:
            UnknownError: it is not in the data.
            NotInForceError: it was not in force.
        """
        return _of_day(_known(self.clocks, "clock", name), on, name)

    def clocks_on(self, event: str, on: date) -> tuple[Clock, ...]:
        """The time limits that an event of the desk starts on that day."""
        versions = chain.from_iterable(self.clocks.values())
        return tuple(clock for clock in versions if clock.trigger.event == event and clock.holds(on))

    def investigator(self, act: str, on: date) -> Investigator | None:
        """Who at least investigates the offences of an act on that day; None where the data knows no such rule."""
        return in_force(self.investigators.get(act, ()), on)

    def ladder(self, name: str, on: date) -> tuple[Rank, ...]:
        """The ranks of that day, the lowest first.

        Raises:
            UnknownError: it is not in the data.
        """
        return tuple(rank for rank in _known(self.ladders, "ladder", name) if rank.holds(on))


def _known(table: Mapping[str, _V], kind: str, name: str) -> _V:
    if name not in table:
        raise UnknownError(kind, name)
    return table[name]


def _of_day(versions: Iterable[_D], on: date, name: str) -> _D:
    found = in_force(versions, on)
    if found is None:
        message = f"{name} was not in force on {on}, as far as the data knows"
        raise NotInForceError(message)
    return found
