"""How the ledger stands: what the last checkpoint covers, how old it is, and whether it was carried out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from pathlib import Path

_TAIL = 1 << 16
"""Bytes at the end of an anchor's file in which the last checkpoint stands: it has about 250, a hundred keys more."""


class Carried(Enum):
    """Whether the last checkpoint stands in the anchor's file."""

    WHOLE = "whole"
    LAGS = "lags"
    ABSENT = "absent"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be said without reading the ledger.

    Attributes:
        entries: how many there are.
        covered: how many of them the last checkpoint covers.
        made_at: when it was made; None where there is none, or it was not kept.
        open_since: when the first entry was made that no checkpoint covers; None where all are covered.
        carried: whether it stands in the anchor's file; None where there is no checkpoint.
    """

    entries: int
    covered: int
    made_at: datetime | None
    open_since: datetime | None
    carried: Carried | None

    @property
    def uncovered(self) -> int:
        """How many entries no checkpoint covers."""
        return self.entries - self.covered

    def is_due(self, now: datetime, every: timedelta) -> bool:
        """Whether a checkpoint should be made: entries wait, and the last one is old; the first one is due at once.

        Args:
            now: aware UTC.
            every: how often one is made while there is anything new.
        """
        return self.open_since is not None and (self.made_at is None or now - self.made_at >= every)

    def is_late(self, now: datetime, every: timedelta) -> bool:
        """Whether entries have waited for a checkpoint twice as long as they should."""
        return self.open_since is not None and now - self.open_since > 2 * every

    @property
    def is_behind(self) -> bool:
        """Whether a checkpoint that was made is not where it should be outside the database."""
        return self.carried is not None and self.carried is not Carried.WHOLE


def standing(anchor: Path) -> Standing:
    """How the ledger stands now.

    Args:
        anchor: the file outside the database; only its end is read.
    """
    last = LedgerCheckpoint.objects.order_by("-size").first()
    covered = last.size if last else 0
    entries = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    later = LedgerEntry.objects.filter(number__gt=covered).order_by("number")
    return Standing(
        entries=entries,
        covered=covered,
        made_at=last.made_at if last else None,
        open_since=later.values_list("at", flat=True).first(),
        carried=_carried(anchor, last.note) if last else None,
    )


def _carried(anchor: Path, note: str) -> Carried:
    try:
        with anchor.open("rb") as stream:
            stream.seek(max(stream.seek(0, os.SEEK_END) - _TAIL, 0))
            end = stream.read()
    except FileNotFoundError:
        return Carried.ABSENT
    except OSError:
        return Carried.UNREADABLE
    return Carried.WHOLE if note.encode() in end else Carried.LAGS
