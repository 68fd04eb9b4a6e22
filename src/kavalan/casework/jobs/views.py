"""The page of jobs, and what is ordered there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.jobs.forms import OrderForm
from kavalan.casework.jobs.models import Priority, Window
from kavalan.casework.jobs.queue import job_for, queue
from kavalan.casework.jobs.services import order_job, pause_job, resume_job

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.jobs.models import Job


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """What runs, waits, rests and has ended."""
    return _jobs(request)


@require_POST
def pause(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Pause a job."""
    return _ordered(request, public_id, lambda officer, now, job: pause_job(officer, now, job=job))


@require_POST
def resume(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a paused job wait for its turn again."""
    return _ordered(request, public_id, lambda officer, now, job: resume_job(officer, now, job=job))


@require_POST
def order(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say when it is a job's turn."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        _job_or_404(request, public_id)
        return _jobs(request, status=422)
    said = form.cleaned_data
    return _ordered(
        request,
        public_id,
        lambda officer, now, job: order_job(officer, now, job=job, priority=said["priority"], window=said["window"]),
    )


def _ordered(request: HttpRequest, public_id: UUID, do: Callable[[Officer, datetime, Job], object]) -> HttpResponse:
    job = _job_or_404(request, public_id)
    try:
        do(officer_of(request), timezone.now(), job)
    except RefusedError as refusal:
        return _jobs(request, str(refusal), 409)
    # Back to the job, wherever it now stands: who works with keys goes on from there.
    return redirect(f"{reverse('jobs')}#job-{public_id}")


def _jobs(request: HttpRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    context = {
        "queue": queue(officer_of(request), now),
        "priorities": Priority.choices,
        "windows": Window.choices,
        "night": settings.KAVALAN_NIGHT.split("-"),
        "refusal": refusal,
        "now": now,
    }
    return render(request, "jobs/jobs.html", context, status=status)


def _job_or_404(request: HttpRequest, public_id: UUID) -> Job:
    found = job_for(officer_of(request), public_id, timezone.now())
    if found is None:
        raise Http404
    return found
