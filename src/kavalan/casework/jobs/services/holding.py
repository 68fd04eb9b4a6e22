"""Taking, keeping and giving back a job: each one conditional UPDATE, so that two workers never hold the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.functions import Greatest

from kavalan.casework.errors import DeskError
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.selectors import free
from kavalan.casework.verbs import step

if TYPE_CHECKING:
    from datetime import datetime


class LeaseLostError(DeskError):
    """Another worker has taken the job, or it was ended: this one must stop without writing anything."""


@step(Job)
def claim(worker: str, now: datetime) -> Job | None:
    """Take the first of the jobs that are free, the oldest of a priority; None when there is nothing to do."""
    is_free = free(now)
    for job in Job.objects.filter(is_free).order_by("priority", "pk")[:20]:
        taken = Job.objects.filter(is_free, pk=job.pk).update(
            state=State.RUNNING,
            worker=worker,
            heartbeat_at=now,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            taken_at=now,
            taken_progress=F("progress"),
        )
        if taken:
            return Job.objects.select_related("officer", "authority").get(pk=job.pk)
    return None


def keep(job: Job, now: datetime, **facts: int) -> None:
    """Renew the lease and write facts down, within a step.

    Raises:
        LeaseLostError: when the lease is no longer this worker's.
    """
    held = Job.objects.filter(pk=job.pk, worker=job.worker, state=State.RUNNING)
    if not held.update(heartbeat_at=now, lease_until=now + LEASE, **facts):
        raise LeaseLostError("the lease is gone")


@step(Job)
def beat(job: Job, progress: int, now: datetime) -> None:
    """Say that the worker lives and how many items it has done."""
    keep(job, now, progress=progress)


@step(Job)
def put_back(job: Job, fault: str) -> None:
    """Let the job be tried again."""
    held = Job.objects.filter(pk=job.pk, worker=job.worker, state=State.RUNNING)
    held.update(state=State.WAITING, lease_until=None, fault=fault)


@step(Job)
def release(job: Job) -> None:
    """Let go of a job because the worker was told to end, or others go first: no fault of the job's."""
    held = Job.objects.filter(pk=job.pk, worker=job.worker, state=State.RUNNING)
    held.update(state=State.WAITING, lease_until=None, attempts=Greatest(F("attempts") - 1, 0))


def hold(job: Job) -> None:
    """Keep everybody else from the job until the transaction ends; part of the verb that ends the work.

    Raises:
        LeaseLostError: when the lease is no longer this worker's.
    """
    if Job.objects.select_for_update().filter(pk=job.pk, worker=job.worker, state=State.RUNNING).first() is None:
        raise LeaseLostError("the lease is gone")


def end(job: Job, state: State, now: datetime, fault: str = "") -> None:
    """End a job; part of the verb that ends the work."""
    job.state, job.ended_at, job.fault, job.lease_until = state, now, fault, None
    job.save(update_fields=["state", "ended_at", "fault", "lease_until"])
