"""Saying when it is a job's turn."""

from datetime import timedelta

from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.jobs.models import Priority, Window
from kavalan.casework.jobs.services import claim, order_job

from ..conftest import NOW


def test_later_job_of_an_earlier_turn_is_taken_first(people, exhibit, folder, last_entry):
    start_scan(people.alice, people.warrant, exhibit, NOW)
    draft = ExhibitDraft("E-2", folder, people.compartment)
    second = register_exhibit(people.alice, people.warrant, draft, NOW)
    job = start_scan(people.alice, people.warrant, second, NOW).scan
    order_job(people.alice, NOW, job=job, priority=Priority.FIRST, window=Window.ALWAYS)
    assert claim("one", NOW).pk == job.pk
    assert last_entry()[1] == {"priority": 1, "window": ""}


def test_job_of_the_weekend_waits_for_it(people, exhibit):
    job = start_scan(people.alice, people.warrant, exhibit, NOW).scan
    order_job(people.alice, NOW, job=job, priority=Priority.USUAL, window=Window.NIGHTS_AND_WEEKENDS)
    monday_noon = NOW + timedelta(days=1)
    assert claim("one", monday_noon) is None
    assert claim("one", monday_noon + timedelta(hours=12)).pk == job.pk
