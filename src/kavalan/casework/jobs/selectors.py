"""Which jobs are free to be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.presence import dead
from kavalan.casework.jobs.rules import open_windows

if TYPE_CHECKING:
    from datetime import datetime


def free(now: datetime) -> Q:
    """Jobs that wait, and those whose worker is known to be dead, or has not been heard of for a lease.

    None that is paused or whose window is closed, but for what somebody asked to stop: that is taken to be ended.
    """
    left = Q(lease_until__lt=now) | Q(worker__in=dead(settings.KAVALAN_WORKSPACE))
    return (Q(state=State.WAITING) | Q(left, state=State.RUNNING)) & (may_run(now) | Q(cancel_asked=True))


def may_run(now: datetime) -> Q:
    """Jobs that are not paused and whose window is open."""
    return Q(paused=False, window__in=open_windows(timezone.localtime(now), settings.KAVALAN_NIGHT))


def gives_way(job: Job, now: datetime) -> bool:
    """Whether a job that runs must be put back: it is paused, its window has closed, or one of a higher priority waits.

    Raises:
        Job.DoesNotExist: there is none.
    """
    kept = Job.objects.only("priority").get(pk=job.pk)
    if not Job.objects.filter(may_run(now), pk=job.pk).exists():
        return True
    return Job.objects.filter(free(now), priority__lt=kept.priority).exists()


def waits(now: datetime) -> bool:
    """Whether there is a job to do."""
    return Job.objects.filter(free(now)).exists()
