"""What the page of jobs says: what runs, waits, rests and has ended, as far as the officer may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Value, When
from django.urls import reverse

from kavalan.casework.jobs.matters import amount, in_words, matter_of, may_order, seen
from kavalan.casework.jobs.models import ACTIVE, Job, State
from kavalan.casework.jobs.rules import time_left

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from uuid import UUID

    from django.db.models import QuerySet

    from kavalan.casework.accounts.models import Officer

MOST_SHOWN = 100
"""Of those under way, and of those that have ended."""


@dataclass(frozen=True, slots=True)
class Line:
    """One job on the page.

    Attributes:
        job: the record.
        words: what it does.
        matter: what it is about, as that calls itself; empty for the house's own.
        address: of the page about that; empty where there is none.
        cancel: the address that stops it; empty where nothing does, or it may not be ordered.
        done: how far it is, in words.
        percent: of the whole, None where the whole is not known.
        ends: when it will have ended at the pace of this run; None where nobody can tell.
        may_order: whether the officer may.
    """

    job: Job
    words: str
    matter: str
    address: str
    cancel: str
    done: str
    percent: int | None
    ends: datetime | None
    may_order: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """All of it.

    Attributes:
        under_way: what runs, then what waits in the order in which it will be taken, then what is paused.
        hidden: how many more wait or run that the officer may not see.
        ended: the newest first.
        after: how many more of `under_way` there are than are shown.
    """

    under_way: list[Line]
    hidden: int
    ended: list[Line]
    after: int


def queue(officer: Officer, now: datetime) -> Queue:
    """What the officer may see of the desk's jobs, and how many there are besides."""
    mine = Job.objects.filter(seen(officer, now)).select_related("officer")
    active = mine.filter(state__in=ACTIVE)
    count, all_active = active.count(), Job.objects.filter(state__in=ACTIVE).count()
    return Queue(
        under_way=[_line(job, officer, now) for job in _in_turn(active)[:MOST_SHOWN]],
        hidden=all_active - count,
        ended=[_line(job, officer, now) for job in mine.exclude(state__in=ACTIVE).order_by("-ended_at", "-pk")[:20]],
        after=max(0, count - MOST_SHOWN),
    )


def job_for(officer: Officer, public_id: UUID, now: datetime) -> Job | None:
    """A job, as far as the officer may see what it is about."""
    return Job.objects.filter(seen(officer, now), public_id=public_id).first()


def _in_turn(active: QuerySet[Job]) -> QuerySet[Job]:
    place = Case(
        When(state=State.RUNNING, then=Value(0)),
        When(paused=True, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return active.order_by(place, "priority", "pk")


def _line(job: Job, officer: Officer, now: datetime) -> Line:
    found, orders = matter_of(job), job.active and may_order(officer, job, now)
    route = found[0].route if found else None
    cancel = found[0].cancel if found and orders and not job.cancel_asked else None
    public_id = found[1].public_id if found else None
    return Line(
        job=job,
        words=in_words(job.kind),
        matter=str(found[1]) if found else "",
        address=reverse(route, args=[public_id]) if route else "",
        cancel=reverse(cancel, args=[public_id]) if cancel else "",
        done=amount(job.kind, job.progress),
        percent=min(100, 100 * job.progress // job.total) if job.total else None,
        ends=now + left if (left := _left(job, now)) is not None else None,
        may_order=orders,
    )


def _left(job: Job, now: datetime) -> timedelta | None:
    if job.state != State.RUNNING or job.taken_at is None or job.total is None:
        return None
    return time_left(
        job.progress - job.taken_progress,
        max(0, job.total - job.taken_progress),
        (job.heartbeat_at or now) - job.taken_at,
    )
