"""Running jobs: one batch after another, and before each the questions whether to go on."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import MOST_ATTEMPTS
from kavalan.casework.jobs.selectors import gives_way
from kavalan.casework.jobs.services import LeaseLostError, claim, put_back, release

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping
    from datetime import datetime

    Clock = Callable[[], datetime]

Batch = TypeVar("Batch")


class Work(Protocol[Batch]):
    """What the jobs of one kind do. None of its transactions spans the making of a batch."""

    def batches(self, job: Job, clock: Clock) -> Generator[Batch, None, None]:
        """Make batches, those after `job.cursor` at least, and beat while a batch takes long."""

    def ask(self, job: Job, now: datetime) -> None:
        """Ask authority and access again; raises `RefusedError`."""

    def load(self, job: Job, batch: Batch, now: datetime) -> None:
        """Load one batch in one step, idempotently."""

    def finish(self, job: Job, now: datetime) -> None:
        """End it well: a verb."""

    def stop(self, job: Job, state: State, why: str, now: datetime) -> None:
        """End it otherwise: a verb."""


def run_next(works: Mapping[str, Work[Batch]], worker: str, clock: Clock) -> Job | None:
    """Take one job and run it until it ends, fails or is taken away.

    Args:
        works: by kind of job.
        worker: a name that no other run has.
        clock: gives aware UTC.

    Returns:
        The job as it then stands, None when there was nothing to do.
    """
    job = claim(worker, clock())
    if job is None:
        return None
    # Whoever holds a lost lease now carries on from the last loaded batch.
    with suppress(LeaseLostError):
        _attempt(works[job.kind], job, clock)
    return Job.objects.get(pk=job.pk)


def _attempt(work: Work[Batch], job: Job, clock: Clock) -> None:
    try:
        _run(work, job, clock)
    except RefusedError as refusal:
        work.stop(job, State.REFUSED, str(refusal), clock())
    except LeaseLostError:
        raise
    except (KeyboardInterrupt, SystemExit):
        release(job)
        raise
    except Exception as error:  # noqa: BLE001 whatever the work raises costs one attempt and is kept with the job
        _count_failure(work, job, f"{type(error).__name__}: {error}", clock())


def _run(work: Work[Batch], job: Job, clock: Clock) -> None:
    if job.attempts > MOST_ATTEMPTS:
        why = f"Its worker died {MOST_ATTEMPTS} times without getting further. {job.fault}".strip()
        work.stop(job, State.FAILED, why, clock())
        return
    if _cancelled(job):
        # It was paused, or its window closed, when somebody asked it to stop.
        work.stop(job, State.CANCELLED, "", clock())
        return
    work.ask(job, clock())
    # Closed at whatever end, so that the decoders are free for the next job.
    with closing(work.batches(job, clock)) as batches:
        for batch in batches:
            if _cancelled(job):
                work.stop(job, State.CANCELLED, "", clock())
                return
            work.ask(job, clock())
            work.load(job, batch, clock())
            if gives_way(job, clock()):
                release(job)
                return
    work.finish(job, clock())


def _cancelled(job: Job) -> bool:
    return Job.objects.filter(pk=job.pk, cancel_asked=True).exists()


def _count_failure(work: Work[Batch], job: Job, fault: str, now: datetime) -> None:
    attempts = Job.objects.values_list("attempts", flat=True).get(pk=job.pk)
    if attempts >= MOST_ATTEMPTS:
        work.stop(job, State.FAILED, fault, now)
    else:
        put_back(job, fault)
