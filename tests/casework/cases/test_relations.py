"""Merging cases, splitting one, relating two: who may, who then sees what, and what undoing waits for."""

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.cases.relations import mergeable, rearrangement_for, relations_of
from kavalan.casework.cases.services import join, open_case

from ..conftest import NOW
from .rearranged import merge


def test_where_a_case_went_is_told_to_who_sees_it_though_the_other_is_closed_to_them(people, case, other):
    grant(people.alice, NOW, compartment=other.compartment, to=people.dora, role=Role.EXAMINER)
    (made,) = merge(people.alice, case, other)
    (told,) = relations_of(people.dora, other, NOW)
    assert (told.other, told.open, told.outward) == (case, False, True)
    assert rearrangement_for(people.dora, made.public_id, NOW) == made


def test_cases_that_share_something_are_offered_first(people, case, report):
    alike, newer = (open_case(people.bob, NOW, title=title) for title in ("Nets", "Boats"))
    for one in (case, alike):
        join(people.alice, NOW, case=one, joined=report)
    offered = mergeable(people.bob, case, NOW)
    assert [(one, one.alike) for one in offered] == [(alike, True), (newer, False)]
