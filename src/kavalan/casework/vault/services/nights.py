"""Reading the vault again by night: verbs of the house, which nobody has to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from kavalan.casework import keys
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.models import ACTIVE, Job, State
from kavalan.casework.jobs.services import end, hold, keep
from kavalan.casework.vault.models import Rehash, VaultFault
from kavalan.casework.vault.rules import budget_of, night_of
from kavalan.casework.vault.standing import standing
from kavalan.casework.verbs import Done, HouseAct, house_verb, step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from kavalan.ledger import Payload

REHASH = "vault.rehash"
"""The kind of job that reads the vault again."""

MAY_CANCEL = (OfficerRole.ADMINISTRATOR, OfficerRole.SUPERVISOR, OfficerRole.CUSTODIAN)


def rehash_if_due(now: datetime) -> str | None:
    """Begin the night's reading once it is night.

    Returns:
        What keeps it from beginning, for the log; None where all is as it should be.
    """
    night = tonight(now)
    if night is None or Rehash.objects.filter(night=night).exists():
        return None
    try:
        keys.held()
        kept = standing(settings.KAVALAN_WORKSPACE)
        if kept is None or not kept.things:
            return None
        budget = budget_of(kept.size, settings.KAVALAN_VERIFY_DAYS, settings.KAVALAN_REHASH_GIB)
        begin_rehash(None, now, night=night, budget=budget)
    except RefusedError as refusal:
        return f"not read again: {refusal}"
    return None


def tonight(now: datetime) -> date | None:
    """The night that it is, None by day."""
    return night_of(timezone.localtime(now), settings.KAVALAN_NIGHT)


@house_verb("rehash.begin", unattended=True)
def begin_rehash(act: HouseAct, *, night: date, budget: int) -> Done[Rehash]:
    """Begin to read what was read longest ago.

    Raises:
        RefusedError: when it was begun that night already, or another night's is not done.
    """
    if Rehash.objects.filter(night=night).exists() or Job.objects.filter(kind=REHASH, state__in=ACTIVE).exists():
        raise RefusedError("The vault is being read, or was tonight.")
    job = Job.objects.create(kind=REHASH, created_at=act.at, total=budget)
    rehash = Rehash.objects.create(night=night, job=job, budget=budget)
    return Done(rehash, {"job": str(job.public_id), "budget": budget})


@house_verb("rehash.cancel")
def cancel_rehash(act: HouseAct, *, rehash: Rehash) -> Done[Rehash]:
    """Stop a night's reading before its next part; the next night goes on with what was read longest ago.

    Raises:
        RefusedError: when the actor has no right to, or it has ended.
    """
    if not holds(act.officer, MAY_CANCEL, act.at):
        raise RefusedError("An administrator, a supervisor or an exhibit custodian stops this.")
    job = Job.objects.select_for_update().get(rehash=rehash)
    if not job.active:
        raise RefusedError("This has ended already.")
    if job.state == State.WAITING:
        end(job, State.CANCELLED, act.at)
    else:
        job.cancel_asked = True
        job.save(update_fields=["cancel_asked"])
    return Done(rehash, {"job": str(job.public_id)})


@step(Rehash, VaultFault, Job)
def record_part(job: Job, rehash: Rehash, facts: Mapping[str, int], faults: Mapping[str, str], now: datetime) -> None:
    """Keep how far a night's reading is, and what was found; a fault that is known already keeps its time."""
    Rehash.objects.filter(pk=rehash.pk).update(**facts)
    VaultFault.objects.bulk_create(
        [VaultFault(name=name, what=what, found_at=now) for name, what in sorted(faults.items())],
        ignore_conflicts=True,
    )
    keep(job, now, progress=facts["read"], attempts=0)


@step(VaultFault)
def record_cured(still: Mapping[str, str], now: datetime) -> None:
    """Faults that are no longer found are cured."""
    VaultFault.objects.filter(cured_at__isnull=True).exclude(name__in=still).update(cured_at=now)


@house_verb("rehash.finish", unattended=True)
def finish_rehash(act: HouseAct, *, rehash: Rehash, job: Job) -> Done[Rehash]:
    """Say that a night's reading came to its end, and what is at fault now."""
    hold(job)
    end(job, State.DONE, act.at)
    return Done(rehash, _read(rehash))


@house_verb("rehash.stop", unattended=True)
def stop_rehash(act: HouseAct, *, rehash: Rehash, job: Job, state: State, why: str) -> Done[Rehash]:
    """Say that a night's reading ended before its end."""
    hold(job)
    end(job, state, act.at, why)
    return Done(rehash, {**_read(rehash), "state": state.value, "why": why})


def _read(rehash: Rehash) -> Payload:
    done = Rehash.objects.select_related("job").get(pk=rehash.pk)
    faults = VaultFault.objects.filter(cured_at__isnull=True).order_by("name").values_list("name", flat=True)
    return {"job": str(done.job.public_id), "read": done.read, "unnamed": done.unnamed, "faults": list(faults[:100])}
