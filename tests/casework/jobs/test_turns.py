"""Whose turn it is, against a model that keeps the jobs in a plain list and asks every one of them."""

from datetime import timedelta

import hypothesis.strategies as st
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import Job, Priority, State, Window
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.selectors import gives_way
from kavalan.casework.jobs.services import claim, release

from ..conftest import NOW

# NOW is a Sunday, 14:30 in Kolkata; by the hours that follow it becomes night, Monday, and day again.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask for"), st.sampled_from(Priority), st.sampled_from(Window)),
        st.tuples(st.just("claim")),
        st.tuples(st.just("load a batch"), st.integers(0, 5)),
        st.tuples(st.sampled_from(["pause", "resume", "stop", "lose"]), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.integers(1, 9)),
    ),
    max_size=25,
)


class Model:
    """The queue as one would explain it: a list of facts about each job, in the order in which they were asked for."""

    def __init__(self):
        self.jobs, self.now = [], NOW

    def open(self, job):
        local = timezone.localtime(self.now)
        night = local.hour >= 22 or local.hour < 6
        weekend = local.weekday() in {5, 6}
        hours = {"": True, "nights": night, "nights_and_weekends": night or weekend}
        return not job["paused"] and hours[job["window"]]

    def free(self, job):
        left = job["state"] == "waiting" or (job["state"] == "running" and job["lost"])
        return left and (self.open(job) or job["stopping"])

    def turn(self):
        """Whose turn it is."""
        return min(
            (job for job in self.jobs if self.free(job)), key=lambda job: (job["priority"], job["pk"]), default=None
        )

    def gives_way(self, job):
        return not self.open(job) or any(
            self.free(other) and other["priority"] < job["priority"] for other in self.jobs
        )


def ask_for(model, priority, window):
    made = Job.objects.create(kind="k", created_at=model.now, priority=priority, window=window)
    facts = {"paused": False, "stopping": False, "lost": False, "state": "waiting"}
    model.jobs.append({"pk": made.pk, "priority": priority.value, "window": window.value, **facts})


def changed(job, **facts):
    job |= facts
    columns = {"paused": "paused", "stopping": "cancel_asked"}
    Job.objects.filter(pk=job["pk"]).update(**{columns[name]: value for name, value in facts.items()})


def take(model):
    taken, expected = claim("worker", model.now), model.turn()
    assert (taken and taken.pk) == (expected and expected["pk"])
    if expected:
        expected |= {"state": "running", "lost": False}


def load(model, job):
    """As the worker does after each batch."""
    if job["state"] != "running" or job["lost"]:
        return
    held = Job.objects.get(pk=job["pk"])
    assert gives_way(held, model.now) == model.gives_way(job)
    if model.gives_way(job):
        release(held)
        job["state"] = "waiting"


def step(model, what, *said):
    if what == "ask for":
        ask_for(model, *said)
    elif what == "claim":
        take(model)
    elif what == "wait":
        model.now += timedelta(hours=said[0])
        # Whoever works beats meanwhile; whoever is lost does not.
        for job in model.jobs:
            lease = NOW if job["lost"] else model.now + LEASE
            Job.objects.filter(pk=job["pk"], state=State.RUNNING).update(lease_until=lease)
    elif model.jobs:
        job = model.jobs[said[0] % len(model.jobs)]
        if what == "load a batch":
            load(model, job)
        elif what == "lose" and job["state"] == "running":
            job["lost"] = True
            Job.objects.filter(pk=job["pk"]).update(lease_until=NOW - LEASE)
        elif what in {"pause", "resume"}:
            changed(job, paused=what == "pause")
        elif what == "stop":
            changed(job, stopping=True)


@given(STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_first_free_job_of_the_earliest_turn_is_taken_whatever_happens(people, steps):
    # What a step of the model writes besides claiming is written by verbs elsewhere: that is not what is asked here.
    with writing(frozenset({"jobs_job"})):
        Job.objects.all().delete()
    model = Model()
    for one in steps:
        if one[0] in {"claim", "load a batch"}:
            step(model, *one)
        else:
            with writing(frozenset({"jobs_job"})):
                step(model, *one)
