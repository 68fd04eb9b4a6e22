"""Which jobs are free to be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from kavalan.casework.jobs.models import Job, State

if TYPE_CHECKING:
    from datetime import datetime


def free(now: datetime) -> Q:
    """Jobs that wait, and those whose worker has died."""
    return Q(state=State.WAITING) | Q(state=State.RUNNING, lease_until__lt=now)


def waits(now: datetime) -> bool:
    """Whether there is a job to do."""
    return Job.objects.filter(free(now)).exists()
