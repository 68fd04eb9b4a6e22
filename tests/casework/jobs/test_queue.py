"""The page of jobs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.exhibits.services import start_scan
from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import Job, Priority
from kavalan.casework.jobs.queue import queue
from kavalan.casework.jobs.services import beat, claim

from ..conftest import NOW


@pytest.fixture
def job(people, exhibit):
    return start_scan(people.alice, people.warrant, exhibit, NOW).scan


def page(client, officer):
    client.force_login(officer)
    return client.get(reverse("jobs")).content.decode()


def test_empty_page_says_what_lines_up_there(client, people):
    assert "Nothing waits" in page(client, people.alice)


def test_job_is_shown_with_its_exhibit_to_whoever_may_see_that(client, people, job):
    text = page(client, people.alice)
    assert "Scan of an exhibit" in text
    assert "E-1" in text
    assert "closed to you" not in text


@pytest.mark.parametrize("who", ["dora", "charlie"])
def test_job_of_an_exhibit_that_is_closed_to_one_is_only_counted(client, people, job, who):
    text = page(client, getattr(people, who))
    assert "1 more is under way of what is closed to you" in text
    assert "E-1" not in text
    assert str(job.public_id) not in text


def test_who_may_only_see_orders_nothing(client, people, job):
    assert "E-1" in page(client, people.bob)
    assert reverse("pause-job", args=[job.public_id]) not in page(client, people.bob)
    assert client.post(reverse("pause-job", args=[job.public_id])).status_code == 409


def test_examiner_of_another_unit_who_was_let_in_orders_it(client, people, job):
    grant(people.alice, NOW, compartment=people.compartment, to=people.charlie, role=Role.EXAMINER)
    client.force_login(people.charlie)
    answer = client.post(reverse("order-job", args=[job.public_id]), {"priority": "5", "window": "nights"})
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('jobs')}#job-{job.public_id}")
    job.refresh_from_db()
    assert (job.priority, job.window) == (Priority.LAST, "nights")


def test_turn_that_there_is_not_is_refused(client, people, job):
    client.force_login(people.alice)
    assert client.post(reverse("order-job", args=[job.public_id]), {"priority": "0"}).status_code == 422


def test_paused_job_says_so_and_may_go_on(client, people, job):
    client.force_login(people.alice)
    client.post(reverse("pause-job", args=[job.public_id]))
    text = page(client, people.alice)
    assert reverse("resume-job", args=[job.public_id]) in text
    assert "paused" in text
    client.post(reverse("resume-job", args=[job.public_id]))
    assert reverse("pause-job", args=[job.public_id]) in page(client, people.alice)


def test_end_is_told_from_the_pace_of_this_run_alone(people, job):
    start = timezone.now()
    with writing(frozenset({"jobs_job"})):
        Job.objects.update(progress=100, total=500)
    held = claim("one", start)
    beat(held, 200, start + timedelta(minutes=10))
    (line,) = queue(people.alice, start + timedelta(minutes=10)).under_way
    assert line.percent == 40
    # A hundred in ten minutes, three hundred to go.
    assert line.ends == start + timedelta(minutes=40)


def test_end_of_a_scan_whose_amount_nobody_knows_is_unknown(client, people, job):
    beat(claim("one", NOW), 200, NOW + timedelta(minutes=10))
    text = page(client, people.alice)
    assert "200 items" in text
    assert "unknown" in text


def test_what_runs_stands_before_what_waits_and_that_before_what_is_paused(people):
    with writing(frozenset({"jobs_job"})):
        for facts in (
            {"paused": True, "priority": 1},
            {"priority": 5},
            {"priority": 2},
            {"state": "running", "priority": 5},
        ):
            Job.objects.create(kind="k", officer=people.alice, created_at=NOW, **facts)
    shown = queue(people.bob, NOW).under_way
    assert [(line.job.state, line.job.paused, line.job.priority) for line in shown] == [
        ("running", False, 5),
        ("waiting", False, 2),
        ("waiting", False, 5),
        ("waiting", True, 1),
    ]
