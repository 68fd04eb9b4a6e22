"""Going on with a delivery whose reading was stopped."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.services import begin_delivery, cancel_delivery, resume_delivery

from ..conftest import NOW
from .conftest import parcel, referral


def test_what_was_stopped_is_read_after_all_and_once(people, desk, work):
    delivery = begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(referral()))
    with pytest.raises(RefusedError, match="Only what was stopped"):
        resume_delivery(people.bob, NOW, delivery=delivery)
    cancel_delivery(people.bob, NOW, delivery=delivery)
    resume_delivery(people.bob, NOW, delivery=delivery)
    work()
    delivery.refresh_from_db()
    assert (delivery.job.state, delivery.reports) == ("done", 1)
    with pytest.raises(RefusedError, match="Only what was stopped"):
        resume_delivery(people.bob, NOW, delivery=delivery)
