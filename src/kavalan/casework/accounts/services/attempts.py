"""Counting failed sign-ins, so that guessing takes years and nobody can keep everybody out.

An attempt is counted before it is judged: many at once are not many free ones. While one waits nothing is judged and
nothing counted, so that a wait ends whatever is tried meanwhile. Failures from addresses at which the officer never
signed in delay such addresses only: where the officer is at home, the desk stays open to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from kavalan.casework.accounts import rules
from kavalan.casework.accounts.keeping import attempts_key
from kavalan.casework.accounts.models import Attempts, DeskSession, Officer
from kavalan.casework.accounts.selectors import attempts_for
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import Done, HouseAct, house_verb, step

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class _Count:
    """Where one attempt is counted: under which key, free up to how many, and what the row may say of itself."""

    key: bytes
    free: int
    officer: Officer | None = None
    address: str = ""


@step(Attempts)
def count_attempt(*, badge: str, address: str, now: datetime) -> datetime | None:
    """Count an attempt that is about to be judged; or say until when none is judged.

    Args:
        badge: as it was typed, of an officer or of nobody: both take the same way.
        address: from where.
        now: aware UTC.
    """
    Attempts.objects.filter(last_at__lte=now - rules.FORGOTTEN_AFTER).delete()
    counts = _counts(badge, address, now)
    waits = Attempts.objects.filter(key__in=[count.key for count in counts], blocked_until__gt=now)
    until: datetime | None = waits.aggregate(until=Max("blocked_until"))["until"]
    if until is None:
        for count in counts:
            _add(count, now)
    return until


@step(Attempts)
def forgive_attempt(*, badge: str, address: str, now: datetime) -> None:
    """Take back an attempt that was counted and turned out right."""
    take_back(badge, address, now)


def take_back(badge: str, address: str, now: datetime, *, all_of_badge: bool = False) -> None:
    """The same within a verb; after a whole sign-in the badge's own failures are forgotten, the address's are not."""
    for count in _counts(badge, address, now):
        row = Attempts.objects.select_for_update().filter(key=count.key).first()
        if row is None:
            continue
        row.failures = 0 if all_of_badge and not count.address else max(row.failures - 1, 0)
        row.blocked_until = None
        row.save(update_fields=["failures", "blocked_until"])


@house_verb("sign_in.lift")
def lift_attempts(act: HouseAct, *, attempts: Attempts) -> Done[Attempts]:
    """Let somebody who must wait try again at once.

    Raises:
        RefusedError: when the actor is neither an administrator nor a supervisor of the officer's unit.
    """
    row = attempts_for(act.officer, act.at).filter(pk=attempts.pk).first()
    if row is None:
        raise RefusedError("Only an administrator, or a supervisor of the officer's unit, lifts this.")
    row.failures, row.blocked_until = 0, None
    row.save(update_fields=["failures", "blocked_until"])
    return Done(row)


def _counts(badge: str, address: str, now: datetime) -> list[_Count]:
    officer = Officer.objects.filter(badge=badge).first()
    network = rules.network_of(address)
    at_home = DeskSession.objects.filter(
        officer__badge=badge, address=address, since__gt=now - rules.KNOWN_FOR
    ).exists()
    if at_home:
        return [_Count(attempts_key("at home", f"{badge}\0{network}"), rules.BADGE_FREE, officer)]
    strange = _Count(attempts_key("badge", badge), rules.BADGE_FREE, officer)
    return [strange, _Count(attempts_key("address", network), rules.ADDRESS_FREE, address=network)]


def _add(count: _Count, now: datetime) -> None:
    fields = {"officer": count.officer, "address": count.address, "last_at": now}
    row, _ = Attempts.objects.select_for_update().get_or_create(key=count.key, defaults=fields)
    row.failures += 1
    row.last_at = now
    wait = rules.wait_after(row.failures, count.free)
    row.blocked_until = now + wait if wait else None
    row.save(update_fields=["failures", "last_at", "blocked_until"])
