"""Matching stored contents again: verbs of the house.

No authority is asked for a rematch. It reads no evidence: it compares numbers that were lawfully taken with lists that
the unit's agreements allow, and what it finds is seen only where an exhibit may be seen anyway. And it must not depend
on one: when an owner withdraws a wrong entry, the mark on a content has to go even after the warrant has lapsed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.errors import RefusedError
from kavalan.casework.hits.models import Rematch
from kavalan.casework.jobs.models import ACTIVE, Job, State
from kavalan.casework.jobs.services import end, hold
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from kavalan.ledger import Payload

REMATCH = "hits.rematch"
"""The kind of job that matches a unit's contents again."""


@house_verb("rematch.start")
def start_rematch(act: HouseAct) -> Done[Rematch]:
    """Ask for every content of the actor's unit to be matched against the lists as they are now.

    Raises:
        RefusedError: when such a rematch waits or runs; it follows the lists as they change.
    """
    unit = type(act.officer.unit).objects.select_for_update().get(pk=act.officer.unit_id)
    if Rematch.objects.filter(unit=unit, job__state__in=ACTIVE).exists():
        raise RefusedError("A rematch for this unit is under way.")
    job = Job.objects.create(kind=REMATCH, officer=act.officer, created_at=act.at)
    rematch = Rematch.objects.create(unit=unit, job=job)
    return Done(rematch, {"job": str(job.public_id), "unit": str(unit.public_id)})


@house_verb("rematch.cancel")
def cancel_rematch(act: HouseAct, *, rematch: Rematch) -> Done[Rematch]:
    """Ask a rematch to stop before its next batch; one that has not begun ends at once. What is loaded stays.

    Raises:
        RefusedError: when it is another unit's, or there is nothing to cancel.
    """
    if rematch.unit_id != act.officer.unit_id:
        raise RefusedError("Only an officer of the unit cancels its rematch.")
    job = Job.objects.select_for_update().get(rematch=rematch)
    if not job.active:
        raise RefusedError("This rematch has ended.")
    if job.state == State.WAITING:
        end(job, State.CANCELLED, act.at)
    else:
        job.cancel_asked = True
        job.save(update_fields=["cancel_asked"])
    return Done(rematch, {"job": str(job.public_id)})


@house_verb("rematch.finish", unattended=True)
def finish_rematch(act: HouseAct, *, rematch: Rematch, job: Job) -> Done[Rematch]:
    """Say that every content was asked about, on which lists, and what came of it."""
    hold(job)
    end(job, State.DONE, act.at)
    return Done(rematch, _loaded(rematch, job))


@house_verb("rematch.stop", unattended=True)
def stop_rematch(act: HouseAct, *, rematch: Rematch, job: Job, state: State, why: str) -> Done[Rematch]:
    """Say that a rematch ended before its end, and what was loaded until then."""
    hold(job)
    end(job, state, act.at, why)
    return Done(rematch, {**_loaded(rematch, job), "state": state.value, "why": why})


def _loaded(rematch: Rematch, job: Job) -> Payload:
    done = Rematch.objects.get(pk=rematch.pk)
    return {
        "job": str(job.public_id),
        "contents": done.contents,
        "found": done.found,
        "withdrawn": done.withdrawn,
        "lists": [f"{one['name']} {one['version']} {one['first']} {one['last']}" for one in done.lists],
        "not_asked": [f"{one['name']}: {one['refusal']}" for one in done.lists if one["refusal"]],
    }
