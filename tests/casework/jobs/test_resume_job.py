"""Letting a paused job go on."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import start_scan
from kavalan.casework.jobs.services import claim, pause_job, resume_job

from ..conftest import NOW


def test_resumed_job_is_taken_again(people, exhibit, last_entry):
    job = start_scan(people.alice, people.warrant, exhibit, NOW).scan
    pause_job(people.alice, NOW, job=job)
    resume_job(people.alice, NOW, job=job)
    assert claim("one", NOW).pk == job.pk
    assert last_entry()[0].verb == "job.resume"


def test_job_that_is_not_paused_is_not_resumed(people, exhibit):
    job = start_scan(people.alice, people.warrant, exhibit, NOW).scan
    with pytest.raises(RefusedError, match="not paused"):
        resume_job(people.alice, NOW, job=job)
