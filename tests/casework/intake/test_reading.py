"""The job that reads deliveries."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.authority.models import Authority
from kavalan.casework.identities.models import Identity
from kavalan.casework.intake.models import Naming, Report
from kavalan.casework.intake.reading import DeliveryReading
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import begin_delivery, save_columns
from kavalan.casework.jobs.models import State

from ..conftest import NOW
from .conftest import PARTNER, parcel, person, referral, table


@pytest.fixture
def columns(people, desk):
    return save_columns(people.bob, NOW, desk=desk, name="A partner", columns=PARTNER)


def test_referral_becomes_a_report_with_its_own_number_and_authority(take):
    data = referral(77)
    delivery = take(data)
    report = Report.objects.select_related("authority").get()
    assert (delivery.job.state, delivery.reports, delivery.fault) == (State.DONE, 1, "")
    assert (report.reference, report.sender, report.sender_number) == ("R 1/2026", "Example Messenger", "77")
    assert bytes(report.digest) == hashlib.sha256(data).digest()
    assert report.authority.reference == report.authority.giver == "R 1/2026"
    assert report.authority.accounts == [["account", "example messenger u-1"]]
    assert {permit.activity for permit in report.authority.permits.all()} == {"triage", "preserve"}


def test_name_of_a_victim_is_sealed_and_stands_nowhere_in_clear(take):
    victim = {"firstName": "Zelphine", "lastName": "Okwaramba", "emails": {"emails": [{"value": "z@example.org"}]}}
    take(referral(victims=[victim], details=["She says that ZELPHINE OKWARAMBA wrote from z@example.org"]))
    report = Report.objects.get()
    child = report.persons.get(role="victim")
    assert child.identity.kind == "child"
    assert child.told["name"] == child.identity.pseudonym
    assert "zelphine" not in str(report.tip).casefold()
    assert "okwaramba" not in str([*report.persons.values_list("told")]).casefold()
    assert "z@example.org" not in str([*Naming.objects.values_list("indicator__value")])
    assert f"that {child.identity.pseudonym} wrote from {child.identity.pseudonym}" in str(report.tip)


def test_reported_person_who_may_be_a_child_is_sealed_and_another_is_not(take):
    take(referral(1, reported=person(firstName="Tavik", lastName="Melorin", dateOfBirth="2012-05-06")))
    take(referral(2, reported=person(firstName="Tavik", lastName="Melorin", dateOfBirth="1980-05-06")))
    young, old = (report.persons.get() for report in Report.objects.order_by("pk"))
    assert (young.minor, young.told["born"], young.told["name"]) == ("born", "", young.identity.pseudonym)
    assert (old.minor, old.identity, old.told["name"]) == ("", None, "Tavik Melorin")
    assert Identity.objects.count() == 1


def test_table_is_loaded_whole_with_few_queries(take, columns):
    with CaptureQueriesContext(connection) as captured:
        delivery = take(table(450), Form.TABLE, columns=columns)
    assert (delivery.reports, delivery.job.progress) == (450, 450)
    assert (
        Report.objects.filter(authority__isnull=False).count() == Authority.objects.filter(kind="preliminary").count()
    )
    positions = Report.objects.order_by("pk").values_list("position", flat=True)
    references = Report.objects.order_by("pk").values_list("reference", flat=True)
    assert list(positions) == list(range(1, 451))
    assert list(references) == [f"R {number}/2026" for number in range(1, 451)]
    # Three parts of at most two hundred reports.
    assert len(captured) < 3 * 80


def test_reading_goes_on_after_the_last_report_that_was_entered(people, desk, columns, work, monkeypatch):
    delivery = begin_delivery(people.bob, NOW, desk=desk, parcel=parcel(table(450), Form.TABLE, columns=columns))
    loads, load = [], DeliveryReading.load

    def die_at_the_second(self, job, batch, now):
        loads.append(batch.last)
        if len(loads) == 2:
            raise OSError("the machine")
        load(self, job, batch, now)

    monkeypatch.setattr(DeliveryReading, "load", die_at_the_second)
    work()
    assert Report.objects.count() == 200
    work()
    delivery.refresh_from_db()
    assert loads == [200, 400, 400, 450]
    assert (delivery.job.state, delivery.reports) == (State.DONE, 450)
    assert Report.objects.values("position").distinct().count() == 450


def test_file_that_is_none_of_its_form_is_kept_and_its_fault_told(take):
    delivery = take(b"no JSON at all")
    assert (delivery.job.state, delivery.reports) == (State.DONE, 0)
    assert delivery.fault.startswith("it is no JSON")
    assert delivery.kept.what == "report"


def test_row_that_does_not_fit_is_a_report_with_an_unread_part(take, columns):
    delivery = take(table(2) + b"\nN-3,198.51.100.3", Form.TABLE, columns=columns)
    assert (delivery.reports, delivery.unread) == (3, 1)
    assert Report.objects.get(position=3).tip["unread"]


def test_zero_character_is_stored_as_a_mark(take):
    take(referral(details=["before\0after"]))
    assert "before\N{SYMBOL FOR NULL}after" in str(Report.objects.get().tip)
