"""Stopping the reading of a delivery."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.services import begin_delivery, cancel_delivery
from kavalan.casework.jobs.services import claim

from ..conftest import NOW
from .conftest import parcel, referral


@pytest.fixture
def delivery(people, desk):
    return begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(referral()))


def test_reading_that_has_not_begun_ends_at_once(people, delivery):
    cancel_delivery(people.bob, NOW, delivery=delivery)
    delivery.job.refresh_from_db()
    assert delivery.job.state == "cancelled"
    with pytest.raises(RefusedError, match="not being read"):
        cancel_delivery(people.bob, NOW, delivery=delivery)


def test_reading_under_way_is_asked_to_stop(people, delivery):
    claim("worker", NOW)
    cancel_delivery(people.bob, NOW, delivery=delivery)
    delivery.job.refresh_from_db()
    assert (delivery.job.state, delivery.job.cancel_asked) == ("running", True)
