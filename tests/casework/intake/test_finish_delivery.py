"""Saying that a delivery was read as far as it can be."""

import hashlib

import pytest

from kavalan.casework.intake.services import begin_delivery, finish_delivery
from kavalan.casework.jobs.services import LeaseLostError, claim
from kavalan.casework.ledger.models import LedgerPayload

from ..conftest import NOW
from .conftest import parcel, referral


def test_ledger_keeps_the_digest_over_its_reports(take):
    data = referral()
    delivery = take(data)
    digest = hashlib.sha256(hashlib.sha256(data).digest())
    assert bytes(delivery.digest) == digest.digest()
    # `begin` says the file's own, which is another.
    assert LedgerPayload.objects.filter(text__contains=digest.hexdigest()).count() == 1


def test_only_who_holds_the_job_finishes_it(people, desk):
    delivery = begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(referral()))
    job = claim("worker", NOW)
    job.worker = "another"
    with pytest.raises(LeaseLostError):
        finish_delivery(people.bob, NOW, delivery=delivery, job=job)
