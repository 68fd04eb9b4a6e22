"""Taking a file in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Delivery
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.selectors import deliveries_at
from kavalan.casework.intake.services import begin_delivery

from ..conftest import NOW
from .conftest import parcel, referral


def test_file_is_kept_a_job_begun_and_the_ledger_told_its_digest_and_no_name(people, desk, last_entry):
    file = parcel(referral(), name=b"Zelphine.json")
    delivery = begin_delivery(people.bob, NOW, desk=desk, parcel=file)
    entry, said = last_entry()
    assert (entry.verb, said["sha256"], said["form"]) == ("delivery.begin", file.stored.sha256.hex(), "cybertipline")
    assert "Zelphine" not in str(said)
    assert (delivery.job.state, delivery.job.officer, delivery.kept.what) == ("waiting", people.bob, "report")


def test_table_waits_for_the_meaning_of_its_columns(people, desk):
    assert begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(b"a,b\n", Form.TABLE)).job is None


def test_only_who_was_let_in_sees_what_came(people, desk):
    begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(b"{}"))
    seen = {officer.badge: deliveries_at(officer, NOW).count() for officer in (people.bob, people.dora, people.charlie)}
    assert seen == {"bob": 1, "dora": 0, "charlie": 0}


def test_nothing_arrives_after_now(people, desk):
    later = replace(parcel(b"{}"), arrived_at=NOW + timedelta(days=1))
    with pytest.raises(RefusedError, match="cannot arrive after now"):
        begin_delivery(people.bob, NOW, desk=desk, parcel=later)
    assert not Delivery.objects.exists()
