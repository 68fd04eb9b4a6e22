"""Saying that the reading of a delivery ended before its end."""

from kavalan.casework.intake.models import Report
from kavalan.casework.intake.reading import DeliveryReading
from kavalan.casework.intake.services import begin_delivery, stop_delivery
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.services import claim

from ..conftest import NOW
from .conftest import parcel, referral


def test_what_was_taken_in_stays_and_the_reason_is_told(people, desk, work, monkeypatch):
    delivery = begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(referral()))

    def stopped(self, job, now):
        stop_delivery(people.bob, now, delivery=delivery, job=job, state=State.FAILED, why="the disk is full")

    monkeypatch.setattr(DeliveryReading, "finish", stopped)
    work()
    delivery.refresh_from_db()
    assert (delivery.job.state, delivery.job.fault, delivery.reports) == ("failed", "the disk is full", 1)
    assert Report.objects.filter(delivery=delivery).count() == 1


def test_nothing_more_is_read_of_it(people, desk, work):
    delivery = begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(referral()))
    stop_delivery(people.bob, NOW, delivery=delivery, job=claim("worker", NOW), state=State.REFUSED, why="asked to")
    assert work() is None
    assert not Report.objects.exists()
