"""A case of Alice and Bob with a report that names an account of somebody who was reported; Dora was not let in."""

from datetime import timedelta

import pytest
from django.apps import apps

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.authority.rules import Account, Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.cases.services import join, open_case, open_series
from kavalan.casework.routing.seen import Identifier
from kavalan.casework.subjects.linking import Claim
from kavalan.casework.subjects.rules import Certainty
from kavalan.casework.subjects.services import begin_watch, open_subject
from kavalan.casework.subjects.services.hypotheses import Hypothesis
from kavalan.casework.subjects.services.watches import Terms
from kavalan.casework.verbs import step

from ..conftest import LATER, NOW
from ..reports import lay_reports, open_intake
from ..routing.conftest import name_in, tell_of

PHONE = Identifier("phone", "+447700900123")
OTHER = Identifier("account", "example messenger u-7")
HYPOTHESIS = Hypothesis("One person holds both accounts.", "The telephone may be shared by a family.")
SOON = NOW + timedelta(hours=1)


def claim(since=None, until=None, because="a report says so"):
    return Claim(since, until, Certainty.LIKELY, because)


@pytest.fixture
def desk(people):
    """The intake desk of Alice's unit, at which Bob takes reports in."""
    return open_intake(people)


@pytest.fixture
def case(people, desk):
    """A case of Alice's, on which Bob works too."""
    open_series(people.alice, NOW, prefix="COAST")
    made = open_case(people.alice, NOW, title="Accounts of a harbour")
    grant(people.alice, NOW, compartment=made.compartment, to=people.bob, role=Role.INVESTIGATOR)
    return made


@pytest.fixture
def told(desk):
    """Lays a report that names something as of somebody with a role in it."""

    def lay(value=PHONE.value, kind=PHONE.kind, role="reported", *, at=NOW, name="", may_be_minor=False):
        (report,) = lay_reports(desk, 1, at=at)
        person = tell_of(report, role, may_be_minor=may_be_minor) if role else None
        if name:
            name_person(person, name)
        name_in(report, value, kind, person)
        return report

    return lay


@pytest.fixture
def report(people, case, told):
    """Names the telephone number of somebody who is reported, and is in the case."""
    made = told(name="Zelphine Harbourmaster")
    join(people.alice, NOW, case=case, joined=made)
    return made


@pytest.fixture
def subject(people, case, report):
    """Opened by Alice, with the number since 1 January 2026."""
    return opened(people.alice, case, report)


@pytest.fixture
def link(subject):
    return subject.accounts.get()


@pytest.fixture
def warrant(people):
    """Lets Alice's unit watch the number, until `LATER`; it names no exhibit."""
    reach = Grounds({Activity.WATCH: Span(NOW, LATER)}, frozenset(), frozenset({Account(PHONE.kind, PHONE.value)}))
    return record_authority(people.alice, NOW, kind=Kind.PRODUCTION_ORDER, reference="PO 3/2026", grounds=reach)


@pytest.fixture
def terms(people):
    """Alice and Bob are told for ten days."""
    return Terms("whether the number goes on", [people.alice, people.bob], NOW + timedelta(days=10))


@pytest.fixture
def watch(people, link, warrant, terms):
    """Begun by Alice."""
    return begin_watch(people.alice, warrant, link, NOW, terms=terms)


def opened(officer, case, report, account=PHONE, at=NOW):
    """A subject with its first account."""
    since = NOW.date().replace(month=1, day=1)
    return open_subject(
        officer, at, case=case, hypothesis=HYPOTHESIS, account=account, claim=claim(since), rests_on=report
    )


def name_person(person, name):
    person.told = {**person.told, "name": name}
    step(*apps.get_models())(person.save)()


def fresh(record):
    """As the database holds it now."""
    return type(record).objects.get(pk=record.pk)
