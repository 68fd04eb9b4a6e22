"""Running jobs: with a work that counts to five, and a clock that the test turns."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import SCAN, cancel_scan, finish_scan, start_scan, stop_scan
from kavalan.casework.guard import writing
from kavalan.casework.jobs.models import Job, Priority, State, Window
from kavalan.casework.jobs.rules import LEASE, MOST_ATTEMPTS
from kavalan.casework.jobs.services import claim, keep, order_job, pause_job, resume_job
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.verbs import step

from ..conftest import LATER, NOW


class Clock:
    """Shows the same time until it is turned."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@step(Job)
def load_number(job, number, now):
    keep(job, now, cursor=number, progress=number, attempts=0)


@dataclass
class Counting:
    """Batches are the numbers one to five; `before` is called with each before it is handed over."""

    exhibit: object
    before: object = lambda number: None
    loaded: list = field(default_factory=list)

    def batches(self, job, clock):
        for number in range(job.cursor + 1, 6):
            self.before(number)
            yield number

    def ask(self, job, now):
        finish_scan.ask(job.officer, job.authority, self.exhibit, now)

    def load(self, job, number, now):
        load_number(job, number, now)
        self.loaded.append(number)

    def finish(self, job, now):
        finish_scan(job.officer, job.authority, self.exhibit, now, job=job)

    def stop(self, job, state, why, now):
        stop_scan(job.officer, now, exhibit=self.exhibit, job=job, state=state, why=why)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def job(people, exhibit):
    return start_scan(people.alice, people.warrant, exhibit, NOW).scan


@pytest.fixture
def work(exhibit):
    return Counting(exhibit)


def run(work, clock, worker="one"):
    return run_next({SCAN: work}, worker, clock)


def test_without_a_job_there_is_nothing_to_do(people, work, clock):
    assert run(work, clock) is None


def test_job_is_run_to_its_end(job, work, clock):
    ended = run(work, clock)
    assert (ended.state, ended.cursor, ended.ended_at, work.loaded) == (State.DONE, 5, NOW, [1, 2, 3, 4, 5])
    assert run(work, clock) is None


def test_only_beginning_and_end_are_in_the_ledger(job, work, clock, entries, last_entry):
    before = entries()
    run(work, clock)
    assert (entries(), last_entry()[0].verb) == (before + 1, "scan.finish")


def test_authority_that_ends_between_two_batches_stops_the_job_with_the_reason(job, work, clock, last_entry):
    def lapse(number):
        if number == 3:
            clock.now = LATER

    work.before = lapse
    ended = run(work, clock)
    assert (ended.state, ended.cursor, work.loaded) == (State.REFUSED, 2, [1, 2])
    assert "ended on" in ended.fault
    assert last_entry()[0].verb == "scan.stop"


def test_authority_that_ended_before_the_start_stops_before_the_first_read(job, work, clock):
    def read(number):
        pytest.fail("something was read")

    work.before, clock.now = read, LATER
    assert run(work, clock).state == State.REFUSED


def test_cancelled_job_stops_before_its_next_batch(people, job, work, clock, last_entry):
    def cancel(number):
        if number == 4:
            cancel_scan(people.alice, NOW, exhibit=work.exhibit)

    work.before = cancel
    ended = run(work, clock)
    assert (ended.state, work.loaded, last_entry()[0].verb) == (State.CANCELLED, [1, 2, 3], "scan.stop")


def test_failing_job_is_tried_again_from_where_it_was(job, work, clock):
    def fail_once(number):
        if number == 3 and not clock.now > NOW:
            clock.now += timedelta(seconds=1)
            raise OSError("the disk is away")

    work.before = fail_once
    first = run(work, clock)
    assert (first.state, first.cursor, first.fault) == (State.WAITING, 2, "OSError: the disk is away")
    assert run(work, clock).state == State.DONE
    assert work.loaded == [1, 2, 3, 4, 5]


def test_worker_told_to_end_lets_go_of_the_job_without_blaming_it(job, work, clock):
    def told(number):
        raise KeyboardInterrupt

    work.before = told
    for _ in range(MOST_ATTEMPTS + 1):
        with pytest.raises(KeyboardInterrupt):
            run(work, clock)
    kept = Job.objects.get()
    assert (kept.state, kept.attempts, kept.fault) == (State.WAITING, 0, "")


def test_job_that_gets_nowhere_is_given_up_after_three_runs(job, work, clock, last_entry):
    def fail(number):
        raise ValueError("poison")

    work.before = fail
    states = [run(work, clock).state for _ in range(MOST_ATTEMPTS)]
    assert states == [State.WAITING, State.WAITING, State.FAILED]
    assert (last_entry()[0].verb, last_entry()[1]["why"]) == ("scan.stop", "ValueError: poison")
    assert run(work, clock) is None


def test_job_that_gets_further_each_time_is_not_given_up(job, work, clock):
    def fail_at_each_once(number):
        if number not in work.loaded and number - 1 in seen:
            seen.discard(number - 1)
            seen.add(number)
            raise OSError("again")

    seen = {0}
    work.before = fail_at_each_once
    states = [run(work, clock).state for _ in range(6)]
    assert states == [State.WAITING] * 5 + [State.DONE]


def test_job_whose_worker_died_is_taken_when_its_lease_is_over(job, work, clock):
    claim("dead", NOW)
    assert run(work, clock) is None
    clock.now = NOW + LEASE + timedelta(seconds=1)
    assert run(work, clock).state == State.DONE


def test_job_that_kills_its_workers_is_given_up(job, work, clock, last_entry):
    for number in range(MOST_ATTEMPTS):
        clock.now = NOW + number * 2 * LEASE
        claim(f"dead {number}", clock.now)
    clock.now = NOW + MOST_ATTEMPTS * 2 * LEASE
    ended = run(work, clock)
    assert (ended.state, work.loaded) == (State.FAILED, [])
    assert "died 3 times" in ended.fault


def test_worker_that_lost_its_lease_writes_nothing_more(job, work, clock, entries):
    def oversleep(number):
        if number == 2:
            clock.now += LEASE + timedelta(seconds=1)
            claim("other", clock.now)

    before = entries()
    work.before = oversleep
    left = run(work, clock)
    assert (left.worker, left.cursor, left.state, entries()) == ("other", 1, State.RUNNING, before)


def test_worker_that_lost_its_lease_does_not_stop_the_job_of_another(job, work, clock, entries):
    def oversleep(number):
        clock.now = LATER  # the authority has ended too
        claim("other", clock.now)

    before = entries()
    work.before = oversleep
    left = run(work, clock)
    assert (left.worker, left.state, entries()) == ("other", State.RUNNING, before)


def test_refusal_of_a_deactivated_officer_is_still_recorded(people, job, work, clock, last_entry):
    with writing(frozenset({"accounts_officer"})):
        type(people.alice).objects.filter(pk=people.alice.pk).update(is_active=False)
    assert run(work, clock).state == State.REFUSED
    assert last_entry()[0].verb == "scan.stop"
    with pytest.raises(RefusedError):
        work.ask(job, NOW)


def test_paused_job_is_put_back_after_its_batch_and_goes_on_behind_it(people, job, work, clock):
    def pause(number):
        if number == 3 and not work.loaded[2:]:
            pause_job(people.alice, NOW, job=job)

    work.before = pause
    rested = run(work, clock)
    assert (rested.state, rested.cursor, rested.attempts, work.loaded) == (State.WAITING, 3, 0, [1, 2, 3])
    assert run(work, clock) is None
    resume_job(people.alice, NOW, job=job)
    assert run(work, clock).state == State.DONE
    assert work.loaded == [1, 2, 3, 4, 5]


def test_job_whose_hours_are_over_is_put_back_after_its_batch(people, job, work, clock):
    order_job(people.alice, NOW, job=job, priority=Priority.USUAL, window=Window.NIGHTS)
    clock.now = NOW + timedelta(hours=10)  # in Kolkata half past midnight

    def dawn(number):
        if number == 2:
            clock.now = NOW + timedelta(hours=16)

    work.before = dawn
    assert (run(work, clock).state, work.loaded) == (State.WAITING, [1, 2])
    assert run(work, clock) is None


def test_job_of_an_earlier_turn_goes_before_one_that_runs(people, job, work, clock):
    def urgent(number):
        if number == 2:
            with writing(frozenset({"jobs_job"})):
                Job.objects.create(kind="k", created_at=NOW, priority=Priority.FIRST)

    work.before = urgent
    rested = run(work, clock)
    assert (rested.state, work.loaded) == (State.WAITING, [1, 2])
    assert claim("one", NOW).kind == "k"


def test_paused_job_of_a_dead_worker_ends_when_it_is_stopped(people, job, work, clock):
    claim("dead", NOW)
    pause_job(people.alice, NOW, job=job)
    cancel_scan(people.alice, NOW, exhibit=work.exhibit)
    clock.now = NOW + LEASE + timedelta(seconds=1)
    assert (run(work, clock).state, work.loaded) == (State.CANCELLED, [])
