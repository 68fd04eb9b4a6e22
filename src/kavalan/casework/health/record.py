"""The ledger, as far as it can be looked at quickly; `kavalan ledger verify` walks it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import DatabaseError, connection

from kavalan.casework.health.finding import Finding
from kavalan.casework.ledger import triggers as guards
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.ledger.standing import Carried, Standing, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

SLACK: Final = timedelta(minutes=1)
"""By so much may the clock have been put back since the last entry: a time server's usual correction is less."""


def triggers() -> Iterator[Finding]:
    """Whether the triggers that refuse changes of the ledger are there."""
    try:
        lost = guards.missing(connection)
    except DatabaseError as error:
        yield Finding("ledger", str(error).strip(), "`kavalan migrate --workspace DIR`, or restore the last backup")
        return
    if lost:
        cure = (
            "somebody took them away: find out who, `kavalan ledger verify` against the last slip, then restore the "
            "last backup"
        )
        yield Finding("ledger", f"not protected: {', '.join(lost)} missing", cure)
    else:
        yield Finding("ledger", "protected against changes")


def clock(now: datetime) -> Iterator[Finding]:
    """Whether the clock stands where it can, compared with the last entry."""
    try:
        last = LedgerEntry.objects.order_by("-number").values_list("number", "at").first()
    except DatabaseError:
        return  # the look at its triggers has told it
    if last and now < last[1] - SLACK:
        text = f"now is {now:%Y-%m-%d %H:%M:%S} UTC, before entry {last[0]} of the ledger ({last[1]:%Y-%m-%d %H:%M:%S})"
        yield Finding(
            "clock", text, "set the clock (`timedatectl`); if it stood wrong then, write a note for the record"
        )
    else:
        yield Finding("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC, not before the ledger's last entry")


def checkpoints(now: datetime) -> Iterator[Finding]:
    """Whether what was done is signed soon after, and the signature lies outside the database."""
    try:
        stands = standing(settings.KAVALAN_ANCHOR)
    except DatabaseError:
        return  # the look at the triggers has told it
    yield _signed(stands, now)
    if stands.is_behind:
        yield Finding("ledger", _BEHIND[stands.carried or Carried.ABSENT], _CARRY)


_CARRY: Final = "mount the medium and let this user write what KAVALAN_ANCHOR names; the worker carries out what lacks"
_BEHIND: Final = {
    Carried.LAGS: "the anchor lags: its file lacks the last checkpoint",
    Carried.ABSENT: "the anchor's file is not there",
    Carried.UNREADABLE: "the anchor's file cannot be read",
}


def _signed(stands: Standing, now: datetime) -> Finding:
    if not stands.is_late(now, timedelta(minutes=settings.KAVALAN_CHECKPOINT_MINUTES)):
        return Finding("ledger", f"{stands.covered} of {stands.entries} entries are under a checkpoint")
    age = "no checkpoint was ever made"
    if stands.made_at is not None:
        age = f"the last checkpoint is {(now - stands.made_at) // timedelta(hours=1)} hours old"
    text = f"{age}; {stands.uncovered} entries wait for one"
    return Finding("ledger", text, "serve the desk with its keys unlocked, or: kavalan ledger checkpoint")
