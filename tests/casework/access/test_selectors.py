"""The one visibility predicate."""

import itertools
from datetime import timedelta

from kavalan.casework.access.models import Grant, Placement, Role
from kavalan.casework.access.selectors import grants_in, visible
from kavalan.casework.access.services import grant, open_compartment
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.guard import writing

from ..conftest import NOW


def sees(officer, now=NOW):
    return set(Exhibit.objects.filter(visible(Exhibit, officer, now)))


def test_owner_and_who_was_let_in_see_and_nobody_else(people, exhibit):
    assert sees(people.alice) == sees(people.bob) == {exhibit}
    assert sees(people.dora) == sees(people.charlie) == set()


def test_object_without_a_placement_is_seen_by_nobody(people, exhibit):
    with writing(frozenset({"access_placement"})):
        Placement.objects.all().delete()
    assert sees(people.alice) == set()


def test_placement_of_another_kind_with_the_same_number_opens_nothing(people, exhibit):
    room = open_compartment(people.charlie, NOW, name="elsewhere")
    with writing(frozenset({"access_placement"})):
        Placement.objects.create(kind="jobs.job", object_id=exhibit.pk, compartment=room)
    assert sees(people.charlie) == set()


def test_object_seen_through_two_grants_is_listed_once(people, exhibit):
    grant(people.alice, NOW, compartment=people.compartment, to=people.bob.unit, role=Role.INVESTIGATOR)
    assert list(Exhibit.objects.filter(visible(Exhibit, people.bob, NOW))) == [exhibit]


def test_predicate_agrees_with_a_walk_over_all_rows(people, exhibit):
    until = NOW + timedelta(days=2)
    grant(people.alice, NOW, compartment=people.compartment, to=people.charlie.unit, role=Role.EXAMINER, until=until)
    officers = [people.alice, people.bob, people.dora, people.charlie]
    for officer, now in itertools.product(officers, [NOW, until, until + timedelta(days=1)]):
        walked = {
            placed
            for placed in Exhibit.objects.all()
            for placement in Placement.objects.all()
            for given in Grant.objects.all()
            if placement.kind == "exhibits.exhibit"
            and placement.object_id == placed.pk
            and given.compartment_id == placement.compartment_id
            and (given.officer_id == officer.pk or given.unit_id == officer.unit_id)
            and (given.until is None or given.until > now)
        }
        assert sees(officer, now) == walked


def test_reason_is_the_granting_row(people, exhibit):
    reasons = list(grants_in(people.bob, exhibit.compartment_ids(), NOW))
    assert [(reason.officer, reason.role) for reason in reasons] == [(people.bob, Role.INVESTIGATOR)]


def test_predicate_is_one_query(people, exhibit, django_assert_num_queries):
    with django_assert_num_queries(1):
        sees(people.bob)
