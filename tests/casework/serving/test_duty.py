"""The worker does what waits, then waits."""

import re

import pytest

from kavalan.casework.exhibits.services import start_scan
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.serving import duty

from ..conftest import NOW


class EnoughError(Exception):
    """Ends a worker that would wait for ever."""


@pytest.fixture
def one_round(monkeypatch):
    """A worker that goes to rest once."""

    def rest(seconds):
        raise EnoughError

    monkeypatch.setattr(duty.time, "sleep", rest)

    def work():
        with pytest.raises(EnoughError):
            duty.stay(1)

    return work


def test_a_job_that_waits_is_taken_and_told_by_its_random_id(exhibit, people, folder, one_round, capsys):
    (folder / "a name that offends.txt").write_text("two chargers")
    start_scan(people.alice, people.warrant, exhibit, NOW)
    one_round()
    job = Job.objects.get()
    # Its warrant has lapsed since.
    assert job.state == State.REFUSED
    told = capsys.readouterr().err
    assert re.search(rf"worker: job {job.public_id} exhibit\.scan: {job.state}, {job.progress} items\n", told)
    assert "offends" not in told


def test_without_a_job_nothing_of_the_engine_is_started(people, one_round, monkeypatch):
    monkeypatch.setattr(duty, "work", lambda decoders: pytest.fail("there is nothing to do"))
    one_round()
    assert Job.objects.count() == 0


def test_an_error_ends_the_process_with_its_place_alone(people, monkeypatch, capsys):
    def fail(decoders):
        raise OSError(2, "No such file", "/evidence/a name")

    monkeypatch.setattr(duty, "stay", fail)
    monkeypatch.setattr(duty.sys, "argv", ["duty", "--decoders", "1"])
    monkeypatch.setattr(duty.signal, "signal", lambda *_: None)
    assert duty.main() == 1
    told = capsys.readouterr().err
    assert "worker: ended by FileNotFoundError at" in told
    assert "a name" not in told
