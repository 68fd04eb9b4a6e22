"""Opening a subject: one at a time, with a doubt, without a name, and never of whoever is protected."""

from datetime import timedelta
from inspect import signature

import pytest

from kavalan.casework.access.models import Placement
from kavalan.casework.cases.selectors import parts_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.subjects import services
from kavalan.casework.subjects.models import Subject
from kavalan.casework.subjects.rules import limits
from kavalan.casework.subjects.services import open_subject
from kavalan.casework.subjects.services.hypotheses import Hypothesis
from kavalan.casework.triage.services import release_minor
from kavalan.casework.verbs import step

from ..conftest import NOW
from .conftest import HYPOTHESIS, OTHER, PHONE, claim, opened


def test_subject_has_a_number_of_its_unit_and_lies_where_its_case_does(people, case, subject, report, last_entry):
    assert (subject.reference, opened(people.bob, case, report).reference) == ("S/1/2026", "S/2/2026")
    assert subject.compartment_ids() == [case.compartment_id]
    assert [part.object_id for part in parts_of(case, Subject)] == [subject.pk, subject.pk + 1]
    assert last_entry()[0].verb == "subject.open"


def test_first_account_says_since_when_how_surely_and_on_which_report(subject, report):
    link = subject.accounts.get()
    assert (str(link.indicator), link.since.isoformat(), link.until) == ("phone +447700900123", "2026-01-01", None)
    assert (link.certainty, link.report) == ("likely", report)
    statement = subject.statements.get()
    assert (statement.hypothesis, statement.innocent_because) == (HYPOTHESIS.text, HYPOTHESIS.innocent_because)


def test_hypothesis_without_a_doubt_is_refused(people, case, report):
    with pytest.raises(RefusedError, match="how it could be innocent"):
        open_subject(
            people.alice,
            NOW,
            case=case,
            hypothesis=Hypothesis("One person.", " "),
            account=PHONE,
            claim=claim(),
            rests_on=report,
        )
    assert not Subject.objects.exists()


def test_only_who_works_on_the_case_opens_one(people, case, report):
    with pytest.raises(RefusedError, match="Your role in this case"):
        opened(people.dora, case, report)


@pytest.mark.parametrize(
    ("role", "minor", "why"),
    [("victim", False, "a victim"), ("reported", True, "may be a child"), ("reporter", False, "who reports")],
)
def test_possible_child_victim_and_bystander_become_no_subject(people, case, told, role, minor, why):
    report = told(role=role, may_be_minor=minor)
    with pytest.raises(RefusedError, match=why):
        opened(people.alice, case, report)


def test_what_another_units_report_says_of_a_child_protects_too(people, case, report, told):
    told(may_be_minor=True)
    with pytest.raises(RefusedError, match="may be a child"):
        opened(people.alice, case, report)


def test_who_received_something_and_was_reported_too_can_be_one(people, case, report, told):
    told(role="recipient")
    assert opened(people.alice, case, report)


def test_who_was_let_out_of_the_child_lane_can_be_one(people, case, told):
    report = told(may_be_minor=True)
    release_minor(people.alice, NOW, minor=report.possible_minors.get(), reason="a passport")
    assert opened(people.alice, case, report)


def test_account_must_stand_in_the_report_that_it_rests_on(people, case, report):
    with pytest.raises(RefusedError, match="does not name the account"):
        opened(people.alice, case, report, OTHER)


def test_account_may_rest_on_an_exhibit(people, case, exhibit):
    assert opened(people.alice, case, exhibit, OTHER).accounts.get().exhibit == exhibit


def test_what_one_may_not_see_cannot_be_rested_on(people, case, exhibit):
    there = Placement.objects.filter(kind="exhibits.exhibit", object_id=exhibit.pk)
    step(Placement)(there.delete)()
    with pytest.raises(RefusedError, match="no such report or exhibit"):
        opened(people.bob, case, exhibit, OTHER)


def test_address_on_the_network_makes_no_subject(people, case, exhibit):
    with pytest.raises(RefusedError, match="not one person's"):
        opened(people.alice, case, exhibit, Identifier("ip", "198.51.100.7"))


@pytest.mark.parametrize("text", ["zelphine wrote it", "It is HARBOURMASTER."])
def test_text_that_holds_a_name_from_a_report_is_refused(people, case, report, text):
    said = Hypothesis(text, "A borrowed telephone.")
    with pytest.raises(RefusedError, match="holds a name from a report"):
        open_subject(people.alice, NOW, case=case, hypothesis=said, account=PHONE, claim=claim(), rests_on=report)


def test_nobody_opens_more_in_a_day_than_one_can_weigh(people, case, report):
    for _ in range(limits().officer_a_day):
        opened(people.alice, case, report)
    with pytest.raises(RefusedError, match="weighed one by one"):
        opened(people.alice, case, report)
    assert opened(people.bob, case, report)
    assert opened(people.alice, case, report, at=NOW + timedelta(days=1))


def test_no_verb_takes_several_subjects_or_accounts():
    several = {"subjects", "accounts", "links", "indicators", "persons", "reports"}
    bodies = [getattr(services, name) for name in services.__all__]
    named = {name for verb in bodies for name in signature(verb._body).parameters}
    assert named & {"subject", "account", "link"}
    assert not named & several
