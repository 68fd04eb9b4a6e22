"""What a table would change: for the eyes of whoever takes it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kavalan.casework.routing.tables import Directory, Office, Table

Change = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Changes:
    """A table beside what is in force.

    Attributes:
        table: as it was read.
        offices: each with what becomes of it.
        gone: those of the unit's table in force that it does not name; of those that are packaged, the packaged holds
            again.
    """

    table: Table
    offices: Sequence[tuple[Office, Change]]
    gone: Sequence[Office]


def changes(now: Directory, table: Table) -> Changes:
    """What would become of each office.

    Args:
        now: the tables in force, taken together.
        table: the one that is to be taken in.
    """
    named = {office.id for office in table.office}
    own = [one.office for one in now.offices.values() if one.own]
    return Changes(
        table,
        [(office, _change(now, office)) for office in table.office],
        [office for office in own if office.id not in named],
    )


def _change(now: Directory, office: Office) -> Change:
    before = now.offices.get(office.id)
    if before is None:
        return "new"
    return "same" if before.office == office else "changed"
