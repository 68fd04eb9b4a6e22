"""Letting people in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from kavalan.casework.access.models import Grant, Role, Via
from kavalan.casework.access.selectors import roles_in
from kavalan.casework.access.services import grant
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing

from ..conftest import NOW


def test_supervisor_lets_an_officer_in(people, last_entry):
    given = grant(people.alice, NOW, compartment=people.compartment, to=people.charlie, role=Role.EXAMINER)
    assert roles_in(people.charlie, [people.compartment.pk], NOW) == {Role.EXAMINER}
    entry, said = last_entry()
    assert (entry.verb, entry.subject, given.via) == ("access.grant", given.public_id, Via.GIVEN)
    assert said == {
        "compartment": str(people.compartment.public_id),
        "to": str(people.charlie.public_id),
        "role": "examiner",
        "until": None,
    }


def test_grant_to_a_unit_lets_each_of_its_officers_in(people):
    grant(people.alice, NOW, compartment=people.compartment, to=people.charlie.unit, role=Role.INVESTIGATOR)
    assert roles_in(people.charlie, [people.compartment.pk], NOW) == {Role.INVESTIGATOR}
    assert roles_in(people.dora, [people.compartment.pk], NOW) == frozenset()


def test_grant_ends_when_it_says(people):
    until = NOW + timedelta(days=1)
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.EXAMINER, until=until)
    just_before = until - timedelta(microseconds=1)
    assert roles_in(people.dora, [people.compartment.pk], just_before) == {Role.EXAMINER}
    assert roles_in(people.dora, [people.compartment.pk], until) == frozenset()


@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_who_is_no_supervisor_there_lets_nobody_in(people, entries, who):
    before = entries()
    with pytest.raises(RefusedError, match="supervisor"):
        grant(getattr(people, who), NOW, compartment=people.compartment, to=people.dora, role=Role.SUPERVISOR)
    assert (entries(), roles_in(people.dora, [people.compartment.pk], NOW)) == (before, frozenset())


@pytest.mark.parametrize("both", [True, False])
def test_database_refuses_a_grant_to_both_or_to_neither(people, both):
    to = {"officer": people.bob, "unit": people.bob.unit} if both else {}
    with writing(frozenset({"access_grant"})), pytest.raises(IntegrityError):
        Grant.objects.create(compartment=people.compartment, role=Role.EXAMINER, via=Via.GIVEN, **to)
