"""Accepting a report."""

from datetime import timedelta

import pytest
from django.apps import apps

from kavalan.casework.access.models import Placement
from kavalan.casework.authority.models import Permit
from kavalan.casework.authority.rules import Account
from kavalan.casework.authority.selectors import grounds_of
from kavalan.casework.authority.services import carry_preliminary
from kavalan.casework.clocks.selectors import about, running
from kavalan.casework.clocks.starting import start_for
from kavalan.casework.errors import RefusedError
from kavalan.casework.identities.rules import Kind, Particulars
from kavalan.casework.identities.services import seal_identity
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.selectors import report_for
from kavalan.casework.routing.services import accept_transfer, offer_transfer, refuse_transfer
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.triage.looking import first_look
from kavalan.casework.triage.models import Move, Urgent
from kavalan.casework.verbs import HouseAct, step

from ..conftest import NOW
from ..reports import lay_reports
from .conftest import fresh, tell_of

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def offered(people, report, hill):
    """Alice's report, offered to Charlie's desk."""
    to = Receiver("Hill Unit", hill, "")
    return offer_transfer(people.bob, NOW, report=report, to=to, reason="it lies in the hills")


def test_it_is_the_receivers_then_and_the_sender_still_sees_it(people, report, hill, offered):
    assert report_for(people.charlie, report.public_id, NOW) is None
    accept_transfer(people.charlie, LATER, transfer=offered)
    assert fresh(report).desk == hill
    assert report_for(people.charlie, report.public_id, LATER) == report
    assert report_for(people.bob, report.public_id, LATER) == report


def test_the_receiver_gives_it_a_number_of_its_own_and_the_senders_stays_known(people, report, hill, offered):
    lay_reports(hill, 1)
    done = accept_transfer(people.charlie, LATER, transfer=offered)
    assert (done.sender_reference, done.reference) == (report.reference, "R 1/2026")
    assert fresh(report).reference == "R 1/2026"


def test_it_is_open_there_and_the_move_is_told(people, report, offered):
    step(Report)(Report.objects.filter(pk=report.pk).update)(standing="taken", taken_by=people.bob)
    accept_transfer(people.charlie, LATER, transfer=offered)
    assert (fresh(report).standing, fresh(report).taken_by) == ("open", None)
    assert list(Move.objects.values_list("before", "after", "by")) == [("taken", "open", people.charlie.pk)]


def test_its_authority_ends_for_the_receiver_when_it_ends_for_the_sender(people, report, offered):
    @step(*apps.get_models())
    def carry():
        act = HouseAct(people.bob, NOW - timedelta(days=1))
        made, _ = carry_preliminary(act, report=report.reference, accounts=[Account("chirp", "42")])
        Report.objects.filter(pk=report.pk).update(authority=made)
        return made

    before = carry()
    accept_transfer(people.charlie, LATER, transfer=offered)
    after = fresh(report).authority
    assert after.unit == people.charlie.unit
    assert grounds_of(after).activities == grounds_of(before).activities
    assert (after.exhibits, after.accounts) == ([fresh(report).reference], before.accounts)
    assert Permit.objects.filter(authority=before).count() == Permit.objects.filter(authority=after).count()


def test_its_time_limits_go_along_as_they_run(people, coast, hill):
    (report,) = lay_reports(coast, 1, then=start_for)
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill Unit", hill), reason="theirs")
    limits = {one.clock for one in about(report, NOW)}
    due = {one.clock.due_at for one in running(people.bob, NOW)}
    assert limits
    assert not running(people.charlie, NOW)
    accept_transfer(people.charlie, LATER, transfer=made)
    found = running(people.charlie, LATER)
    assert ({one.clock for one in found}, {one.clock.due_at for one in found}) == (limits, due)


def test_the_sender_has_no_duty_any_more_and_still_reads_the_clocks_on_the_report(people, coast, hill):
    (report,) = lay_reports(coast, 1, then=start_for)
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill Unit", hill), reason="theirs")
    accept_transfer(people.charlie, LATER, transfer=made)
    assert (running(people.bob, LATER), bool(about(report, LATER))) == ([], True)


def test_what_nobody_acknowledged_is_urgent_at_the_receivers(people, report, hill, offered):
    @step(*apps.get_models())
    def raise_it():
        first_look([Report.objects.select_related("desk__unit", "delivery").get(pk=report.pk)], NOW)
        assessment = report.assessments.first()
        return Urgent.objects.create(
            report=report, desk=report.desk, assessment=assessment, floors=["live"], raised_at=NOW, due_at=LATER
        )

    raised = raise_it()
    accept_transfer(people.charlie, LATER, transfer=offered)
    raised.refresh_from_db()
    assert (raised.desk, raised.due_at) == (hill, LATER)


def test_a_pseudonym_is_known_where_the_report_goes(people, report, hill, offered, unlocked):
    child = {"kind": Kind.CHILD, "compartment": report.desk.compartment, "particulars": Particulars("Zelphine")}
    identity = seal_identity(people.alice, NOW, **child)
    tell_of(report, "victim", identity)
    accept_transfer(people.charlie, LATER, transfer=offered)
    assert set(identity.compartment_ids()) == {report.desk.compartment_id, hill.compartment_id}


def test_other_reports_stay_where_they_were(people, coast, report, hill, offered):
    (other,) = lay_reports(coast, 1)
    accept_transfer(people.charlie, LATER, transfer=offered)
    assert report_for(people.charlie, other.public_id, LATER) is None
    there = Placement.objects.filter(compartment=hill.compartment, kind="intake.report")
    assert list(there.values_list("object_id", flat=True)) == [report.pk]


def test_only_the_receivers_desk_accepts(people, offered):
    for officer in (people.alice, people.bob, people.dora):
        with pytest.raises(RefusedError, match="Only who works at that intake desk"):
            accept_transfer(officer, LATER, transfer=offered)


def test_what_has_ended_is_not_accepted(people, report, offered):
    refuse_transfer(people.charlie, LATER, transfer=offered, reason="not ours")
    with pytest.raises(RefusedError, match="already"):
        accept_transfer(people.charlie, LATER, transfer=offered)
    assert fresh(report).desk == report.desk


def test_an_office_outside_signs_on_paper(people, report):
    outside = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill station"), reason="theirs")
    with pytest.raises(RefusedError, match="outside"):
        accept_transfer(people.bob, LATER, transfer=outside)
