"""Which jobs are free to be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.presence import dead

if TYPE_CHECKING:
    from datetime import datetime


def free(now: datetime) -> Q:
    """Jobs that wait, and those whose worker is known to be dead, or has not been heard of for a lease."""
    left = Q(lease_until__lt=now) | Q(worker__in=dead(settings.KAVALAN_WORKSPACE))
    return Q(state=State.WAITING) | Q(left, state=State.RUNNING)


def waits(now: datetime) -> bool:
    """Whether there is a job to do."""
    return Job.objects.filter(free(now)).exists()
