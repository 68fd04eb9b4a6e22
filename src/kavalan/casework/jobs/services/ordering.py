"""Who goes first, and who waits: verbs of the house, for what is done was permitted when it was asked for."""

from __future__ import annotations

from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.matters import may_order
from kavalan.casework.jobs.models import Job, Priority, Window
from kavalan.casework.verbs import Done, HouseAct, house_verb


@house_verb("job.pause")
def pause_job(act: HouseAct, *, job: Job) -> Done[Job]:
    """Pause a job: one that runs is put back after its batch, and nothing of what is loaded is lost.

    Raises:
        RefusedError: when the actor has no right to, or it has ended or is paused.
    """
    job = _ordered(act, job)
    if job.paused:
        raise RefusedError("This is paused already.")
    Job.objects.filter(pk=job.pk).update(paused=True)
    return Done(job)


@house_verb("job.resume")
def resume_job(act: HouseAct, *, job: Job) -> Done[Job]:
    """Let a paused job wait for its turn again; it goes on behind the last batch that was loaded.

    Raises:
        RefusedError: when the actor has no right to, or it has ended or is not paused.
    """
    job = _ordered(act, job)
    if not job.paused:
        raise RefusedError("This is not paused.")
    Job.objects.filter(pk=job.pk).update(paused=False)
    return Done(job)


@house_verb("job.order")
def order_job(act: HouseAct, *, job: Job, priority: Priority, window: Window) -> Done[Job]:
    """Say when it is a job's turn: which jobs it goes before, and at which hours it is worked on.

    Raises:
        RefusedError: when the actor has no right to, or it has ended.
    """
    job = _ordered(act, job)
    Job.objects.filter(pk=job.pk).update(priority=priority, window=window)
    return Done(job, {"priority": priority.value, "window": window.value})


def _ordered(act: HouseAct, job: Job) -> Job:
    """The job, locked: a worker that takes it sees either all of this or nothing."""
    if not may_order(act.officer, job, act.at):
        raise RefusedError(
            "An examiner, a supervisor or an intake officer where it lies orders this; the house's own jobs, a "
            "supervisor or an administrator of the desk."
        )
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.active:
        raise RefusedError("This has ended already.")
    return job
