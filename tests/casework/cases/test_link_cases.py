"""Relating two cases."""

import pytest

from kavalan.casework.cases.relations import rearrangement_for, relations_of
from kavalan.casework.cases.services import link_cases
from kavalan.casework.errors import RefusedError

from ..conftest import NOW
from .rearranged import undo


def test_a_relation_is_seen_by_who_sees_both_and_made_once(people, case, other):
    with pytest.raises(RefusedError, match="no such case"):
        link_cases(people.bob, NOW, case=case, other=other, reason="the same boats")
    made = link_cases(people.alice, NOW, case=case, other=other, reason="the same boats")
    with pytest.raises(RefusedError, match="related already"):
        link_cases(people.alice, NOW, case=other, other=case, reason="the same boats")
    assert [one.other for one in relations_of(people.alice, case, NOW)] == [other]
    assert not relations_of(people.bob, case, NOW)
    assert rearrangement_for(people.bob, made.public_id, NOW) is None
    undo(people.alice, made)
    assert link_cases(people.alice, NOW, case=other, other=case, reason="again")
