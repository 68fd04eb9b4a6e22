"""A worker that is killed while it reads a delivery: the next goes on, and the end is as if nothing had happened."""

import io
import random
import time

from django.utils import timezone

from kavalan.casework.authority.models import Authority
from kavalan.casework.intake.models import Delivery, Naming, Person, Report
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import Parcel, begin_delivery, save_columns
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.rules import MOST_ATTEMPTS
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.vault.store import put
from kavalan.tips import Columns

from ..reports import open_intake
from .conftest import faults, kills, restores
from .life import Life

ROWS, AT_ONCE = 60, 6
MEANING = {"No": "number", "User": "account", "IP": "ip", "Name": "name"}
WORK = f"""
import sys
import django
django.setup()
from kavalan.casework import keys, worker
from kavalan.casework.intake import reading
sys.path.append(sys.argv[1])
keys.take_over()
reading.AT_ONCE = {AT_ONCE}

class Telling(reading.DeliveryReading):
    def load(self, job, batch, now):
        super().load(job, batch, now)
        print("loaded", flush=True)

worker.DeliveryReading = Telling
print("begins", flush=True)
for job in worker.do_jobs(1):
    print(job.state, flush=True)
"""


def rows(delivery):
    """A partner's table that no other delivery is."""
    lines = [f"{delivery}-{row},u-{row % 7},198.51.100.{row},Somebody {row}" for row in range(1, ROWS + 1)]
    return "\n".join([",".join(MEANING), *lines]).encode()


def deliver(people, desk, columns, number):
    now = timezone.now()
    parcel = Parcel(put(io.BytesIO(rows(number))), Form.TABLE, b"month.csv", now, "A partner", columns)
    return begin_delivery(people.bob, now, desk=desk, parcel=parcel)


def assert_as_if_uninterrupted(delivery, before):
    delivery.refresh_from_db()
    assert (delivery.job.state, delivery.reports, delivery.fault) == (State.DONE, ROWS, "")
    reports = Report.objects.filter(delivery=delivery).order_by("position")
    assert list(reports.values_list("position", flat=True)) == list(range(1, ROWS + 1))
    year = f"{timezone.now():%Y}"
    numbered = [f"R {number}/{year}" for number in range(before + 1, before + 1 + ROWS)]
    assert list(reports.values_list("reference", flat=True)) == numbered
    assert Person.objects.filter(report__in=reports).count() == ROWS
    assert Authority.objects.filter(report__in=reports).count() == ROWS
    # Each names an account and an address.
    assert Naming.objects.filter(report__in=reports, strong=True).count() >= 2 * ROWS
    verbs = LedgerEntry.objects.filter(subject=delivery.public_id).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["delivery.begin", "delivery.finish"]


def test_delivery_whose_readers_are_killed_is_read_as_if_uninterrupted(people, shared, unlocked, handed, tmp_path):
    chance = random.Random(17)  # noqa: S311 no secret
    desk = open_intake(people)
    columns = save_columns(
        people.bob, timezone.now(), desk=desk, name="A partner", columns=Columns(MEANING, "Asia/Kolkata")
    )
    left, number = kills(2), 0
    while left:
        number += 1
        delivery = deliver(people, desk, columns, number)
        while left and (job := Delivery.objects.get(pk=delivery.pk).job).active:
            life = Life(WORK, shared, handed)
            # A job that kills three workers before a part is through is given up, and rightly.
            life.wait_for(chance.randrange(int(job.attempts == MOST_ATTEMPTS - 1), 4))
            time.sleep(chance.uniform(0, 0.1))
            life.kill(alone=left % 2 == 0)
            assert faults(shared) == []
            left -= 1
        life = Life(WORK, shared, handed)
        life.process.communicate()
        assert_as_if_uninterrupted(delivery, (number - 1) * ROWS)
    assert restores(shared, tmp_path)
