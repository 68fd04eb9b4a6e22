"""Law as data: every statement says where it was read, how surely, and whether a lawyer has reviewed it.

The three marks are those of the founders' tables: V, read in the text of the law; S, told by a secondary source; M,
from memory, to be checked before use.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

Certainty = Literal["V", "S", "M"]
UnitKind = Literal["police", "ngo", "hotline", "platform"]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Number = Annotated[int, msgspec.Meta(ge=1, le=100_000)]

MEANING: dict[Certainty, str] = {
    "V": "read in the text of the law",
    "S": "from a secondary source",
    "M": "from memory, check before use",
}


class _Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Read from a file: what is not described here is refused."""


class Said(_Struct, frozen=True):
    """One statement about the law, in our own words.

    Attributes:
        text: the statement.
        certainty: V, S or M.
        source: where it was read.
        reviewed: whether a lawyer has held it against the law. Never assumed: each statement says so itself.
    """

    text: Text
    certainty: Certainty
    source: Text
    reviewed: bool

    @property
    def standing(self) -> str:
        """How far to trust it, as it is to stand beside the text wherever that is shown."""
        review = "reviewed" if self.reviewed else "not reviewed"
        return f"{self.certainty}: {MEANING[self.certainty]}; {review}"

    def __str__(self) -> str:
        return f"{self.text} [{self.standing}]"


class Dated(_Struct, frozen=True, kw_only=True):
    """What holds for a time.

    Attributes:
        since: first day in force; None where the data does not know it.
        until: last day in force; None while it is.
    """

    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it was in force on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


_D = TypeVar("_D", bound=Dated)


def in_force(versions: Iterable[_D], on: date) -> _D | None:
    """The version of that day, or None."""
    return next((version for version in versions if version.holds(on)), None)


def fault_of(versions: tuple[Dated, ...]) -> str | None:
    """Why versions, in the order of the data, do not follow one another without gap or overlap; None where they do."""
    for version in versions:
        if version.since and version.until and version.until < version.since:
            return f"ends on {version.until}, before it begins on {version.since}"
    for earlier, later in pairwise(versions):
        if earlier.until is None or later.since is None:
            return "only the last version may be without an end, and only the first without a beginning"
        if later.since <= earlier.until:
            return f"overlap: one version ends on {earlier.until}, the next begins on {later.since}"
        if later.since > earlier.until + timedelta(days=1):
            return f"gap: one version ends on {earlier.until}, the next begins on {later.since}"
    return None


class Act(Dated, frozen=True, kw_only=True):
    """An act of parliament.

    Attributes:
        id: how the data names it.
        title: short title with its year.
        number: of the act, where the source has it.
        stated: what is known of its coming into force, and how surely.
        address: of the official text, where the source has it.
        charged: it makes offences, so that a case may stand on sections of it.
    """

    id: Key
    title: Text
    number: Text | None = None
    stated: Said
    address: Text | None = None
    charged: bool = False


class Provision(Dated, frozen=True, kw_only=True):
    """A section as it stood for a time: what it demands."""

    demands: Said


class Section(_Struct, frozen=True):
    """A section of an act in its versions, the earliest first."""

    number: Text
    title: Text
    version: Annotated[tuple[Provision, ...], msgspec.Meta(min_length=1)]


class Investigator(Dated, frozen=True, kw_only=True):
    """Who at least investigates the offences of an act, as it stood for a time.

    Attributes:
        provision: as it is cited: `IT Act, 2000, s. 78`.
        ladder: of which ranks it speaks.
        least: the id of the lowest rank there that may.
        binds: the kinds of unit that it binds.
        demands: what it says.
    """

    provision: Text
    ladder: Key
    least: Key
    binds: Annotated[tuple[UnitKind, ...], msgspec.Meta(min_length=1)]
    demands: Said


class Hours(_Struct, frozen=True, tag_field="unit", tag="hours"):
    """So many hours from the moment it began.

    Attributes:
        number: of hours.
        journey: `excluded` where the law leaves the time of a journey out of account.
    """

    number: Number
    journey: Literal["counted", "excluded"]


class Days(_Struct, frozen=True, tag_field="unit", tag="days"):
    """So many calendar days.

    Attributes:
        number: of days.
        count: `first-left-out`: the day on which it began is not counted, the last day is. `clear`: neither is, so
            that so many whole days lie between.
    """

    number: Number
    count: Literal["first-left-out", "clear"]


class Months(_Struct, frozen=True, tag_field="unit", tag="months"):
    """So many calendar months: to the end of the day of the same number, or of the month where it has none."""

    number: Number


class WithoutDelay(_Struct, frozen=True, tag_field="unit", tag="without-delay"):
    """The law gives no number. None is made up: the time that has passed is shown."""


class Trigger(_Struct, frozen=True):
    """What starts a clock: an event of the desk by its name, and what the law has to say of the beginning."""

    event: Annotated[str, msgspec.Meta(pattern=r"^[a-z_]+\.[a-z_]+$")]
    stated: Said


class Clock(Dated, frozen=True, kw_only=True):
    """A time limit of the law, as it stood for a time.

    Attributes:
        id: how the data names it; versions of one limit share it.
        provision: as it is cited: `POCSO Act, 2012, s. 19(6)`.
        trigger: what starts it.
        runs_for: kinds of unit at whose desk it runs: those whom a duty binds, or who must act before a horizon.
        nature: `duty`, something that the unit must do; `horizon`, the end of somebody else's duty to keep something.
        length: how long, and how that is counted.
        actor: who must act.
        demands: what must be done, to whom.
        length_stated: what the source says of the length.
        consequence: of missing it; None where the source says nothing, which is not to say that there is none.
    """

    id: Key
    provision: Text
    trigger: Trigger
    runs_for: Annotated[tuple[UnitKind, ...], msgspec.Meta(min_length=1)]
    nature: Literal["duty", "horizon"]
    length: Hours | Days | Months | WithoutDelay
    length_stated: Said
    actor: Said
    demands: Said
    consequence: Said | None = None


class Code(_Struct, frozen=True):
    """Acts that replaced one another, and which day decides between them.

    Attributes:
        id: `substantive`, `procedure`, `evidence`.
        decided_by: the day that counts, which is not the same for each code.
        acts: ids of the acts, the earliest first.
    """

    id: Key
    decided_by: Said
    acts: Annotated[tuple[Key, ...], msgspec.Meta(min_length=1)]


class Rank(Dated, frozen=True, kw_only=True):
    """One rank of a ladder.

    Attributes:
        id: how records name it; never changed once it was used.
        title: in full.
        short: as it stands before a name.
        order: higher is above; equal ranks stand side by side.
        stated: from where it is known.
    """

    id: Key
    title: Text
    short: Text
    order: Number
    stated: Said
