"""A watch tells named officers of newly received reports, and does nothing else."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.access.models import Grant
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.authority.services import withdraw_authority
from kavalan.casework.intake.reading import DeliveryReading
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.services import READ, begin_delivery, enter_report, open_desk
from kavalan.casework.intake.typed import Typed
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.routing.services import accept_transfer, offer_transfer
from kavalan.casework.routing.services.transfers import Receiver
from kavalan.casework.subjects.models import AccountLink, Subject, Told
from kavalan.casework.subjects.rules import Closed, Outcome
from kavalan.casework.subjects.services import close_subject, end_account, end_watch
from kavalan.casework.subjects.services.watches import Found
from kavalan.casework.subjects.telling import tell
from kavalan.casework.triage.services import flag_minor
from kavalan.casework.verbs import step
from kavalan.lists import Catalogue
from kavalan.tips import Person, Tip

from ..conftest import NOW
from ..intake.conftest import parcel, referral
from ..reports import lay_reports
from ..routing.conftest import name_in, tell_of
from .conftest import PHONE, SOON

telling = step(Told)(tell)


def told_badges():
    return sorted(Told.objects.values_list("officer__badge", flat=True))


def test_taking_a_report_in_tells_whom_the_watch_names(people, unlocked, desk, watch):
    tip = Tip(form="phone", persons=(Person("reported", phones=(PHONE.value,)),))
    report = enter_report(people.bob, SOON, desk=desk, typed=Typed(Form.PHONE, tip, NOW))
    assert sorted(Told.objects.values_list("officer__badge", "report")) == [("alice", report.pk), ("bob", report.pk)]


def test_reading_a_delivery_tells_them_too(people, unlocked, workspace, desk, watch):
    begin_delivery(people.bob, SOON, desk=desk, parcel=parcel(referral(details=[f"call {PHONE.value}"])))
    with DeliveryReading(Catalogue(workspace / "lists", lambda: SOON)) as reading:
        run_next({READ: reading}, "worker", lambda: SOON)
    assert told_badges() == ["alice", "bob"]


def test_report_that_is_accepted_from_another_unit_is_newly_received(people, desk, watch):
    step(RoleHeld)(RoleHeld.objects.create)(officer=people.charlie, role=OfficerRole.SUPERVISOR, since=NOW)
    theirs = open_desk(people.charlie, NOW)
    (report,) = lay_reports(theirs, 1)
    name_in(report, PHONE.value, PHONE.kind, tell_of(report))
    to_us = Receiver("Coastal Unit", desk)
    transfer = offer_transfer(people.charlie, NOW, report=report, to=to_us, reason="theirs")
    assert told_badges() == []
    accept_transfer(people.bob, SOON, transfer=transfer)
    assert told_badges() == ["alice", "bob"]


def test_batch_that_concerns_no_watch_costs_one_query(people, watch, told, desk):
    reports = [told("+910000000099"), *lay_reports(desk, 3)]
    with CaptureQueriesContext(connection) as asked:
        assert tell(reports, SOON) == 0
    assert len(asked) == 1


def test_report_is_told_once(watch, told):
    report = told()
    telling([report], SOON)
    telling([report], SOON)
    assert told_badges() == ["alice", "bob"]


def test_nobody_is_told_from_its_last_moment_on(watch, told):
    report = told()
    assert telling([report], watch.until) == 0
    assert telling([report], watch.until - timedelta(microseconds=1)) == 2


def test_authority_is_asked_again_at_that_moment(people, watch, warrant, told):
    report = told()
    withdraw_authority(people.alice, SOON, authority=warrant, reason="by the court")
    assert telling([report], SOON) == 0


def test_ended_watch_closed_hypothesis_and_account_taken_away_tell_nothing(people, watch, link, subject, told):
    report = told()
    end_account(people.alice, SOON, link=link, reason="a mistake")
    assert telling([report], SOON) == 0
    end_watch(people.alice, SOON, watch=watch, found=Found(Outcome.NOT_USEFUL, "silence"))
    close_subject(people.alice, SOON, subject=subject, outcome=Closed.REFUTED, reason="no")
    assert telling([report], SOON) == 0


def test_report_that_names_it_as_a_childs_raises_nothing(watch, told):
    assert telling([told(may_be_minor=True)], SOON) == 0
    assert telling([told()], SOON) == 0


def test_who_may_not_see_the_subject_any_more_is_not_told(people, watch, case, told):
    step(Grant)(Grant.objects.filter(compartment=case.compartment, officer=people.bob).delete)()
    telling([told()], SOON)
    assert told_badges() == ["alice"]


def test_what_another_unit_took_in_is_told_to_nobody(people, watch):
    step(RoleHeld)(RoleHeld.objects.create)(officer=people.charlie, role=OfficerRole.SUPERVISOR, since=NOW)
    (report,) = lay_reports(open_desk(people.charlie, NOW), 1)
    name_in(report, PHONE.value, PHONE.kind, tell_of(report))
    assert telling([report], SOON) == 0


def test_childs_number_is_sealed_out_of_subjects_and_watches(people, unlocked, desk, watch, link, subject):
    tip = Tip(form="phone", persons=(Person("reported", name="Yesenia", phones=(PHONE.value,)),))
    report = enter_report(people.bob, SOON, desk=desk, typed=Typed(Form.PHONE, tip, NOW))
    flag_minor(people.bob, SOON, person=report.persons.get(), reason="the school said so")
    link, watch = AccountLink.objects.get(), subject.watches.get()
    assert (link.indicator, link.ended_at, watch.indicator, watch.ended_at) == (None, SOON, None, SOON)
    assert Subject.objects.get().reference == "S/1/2026"
