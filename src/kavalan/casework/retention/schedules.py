"""How long things are kept, as dated data: each row with its source and how sure it is."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

import msgspec

from kavalan.casework.errors import DeskError
from kavalan.law import Said

if TYPE_CHECKING:
    from collections.abc import Mapping

Number = Annotated[int, msgspec.Meta(ge=1, le=36_500)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Of(StrEnum):
    """What a row is about; the first three are purged here, of the others it says what is kept and until when."""

    REPORT = "report"
    REPORTER = "reporter"
    HASHES = "hashes"
    EVIDENCE = "evidence"
    CASE = "case"
    LEDGER = "ledger"
    BACKUP = "backup"
    OTHERS = "others"


PURGED = frozenset({Of.REPORT, Of.REPORTER, Of.HASHES})


class MalformedScheduleError(DeskError):
    """The schedules do not hold together; the text says where."""


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row.

    Attributes:
        id: how records name it.
        of: what it is about.
        since: first day on which it holds; a later row of the same id takes its place.
        days: after which it falls due; None where no day does.
        stated: what holds, with its source and mark.
    """

    id: Key
    of: Of
    since: date
    days: Number | None = None
    stated: Said

    @property
    def length(self) -> timedelta:
        """After what time it falls due.

        Raises:
            MalformedScheduleError: no day falls due here.
        """
        if self.days is None:
            message = f"{self.id} has no number of days"
            raise MalformedScheduleError(message)
        return timedelta(days=self.days)

    @property
    def purges(self) -> bool:
        """Whether what falls due by it is purged at the desk."""
        return self.of in PURGED


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schedule: tuple[Schedule, ...]


def schedules(on: date) -> Mapping[str, Schedule]:
    """The rows that hold on a day, by their ids, in the order of the data."""
    found: dict[str, Schedule] = {}
    for row in _packaged():
        if row.since <= on and (row.id not in found or found[row.id].since < row.since):
            found[row.id] = row
    return found


def read_schedules(text: str) -> tuple[Schedule, ...]:
    """The rows of a file.

    Raises:
        MalformedScheduleError: it is no TOML, a row says what none may, something that is purged has no number of
            days, or one begins twice on a day.
    """
    try:
        rows = msgspec.convert(tomllib.loads(text), _File).schedule
    except ValueError as error:  # msgspec's and TOML's faults are ValueErrors
        raise MalformedScheduleError(str(error)) from error
    seen = set()
    for row in rows:
        if row.purges and row.days is None:
            message = f"{row.id} is purged, so it needs a number of days"
            raise MalformedScheduleError(message)
        if (row.id, row.since) in seen:
            message = f"{row.id} begins twice on {row.since}"
            raise MalformedScheduleError(message)
        seen.add((row.id, row.since))
    return rows


@cache
def _packaged() -> tuple[Schedule, ...]:
    return read_schedules((files("kavalan.casework.retention") / "data" / "schedules.toml").read_text("utf-8"))
