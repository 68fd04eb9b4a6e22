"""Splitting a case."""

import pytest

from kavalan.casework.cases.services import end_part, join, split_case
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import visible_reports

from ..conftest import NOW
from ..reports import lay_reports
from .rearranged import numbers


def test_a_split_moves_parts_and_lets_the_same_people_in(people, case, desk, let_in):
    stays, goes = lay_reports(desk, 2)
    for report in (stays, goes):
        join(people.alice, NOW, case=case, joined=report)
    let_in(people.dora)
    part = case.parts.get(object_id=goes.pk)
    new = split_case(people.bob, NOW, case=case, parts=[part], title="Nets", reason="another matter")
    assert (new.unit, new.reference) == (case.unit, "COAST/2/2026")
    assert (numbers(case), numbers(new)) == ([stays.pk], [goes.pk])
    assert set(visible_reports(people.dora, NOW)) == {stays, goes}
    held = [sorted(one.compartment.grants.values_list("officer", "role")) for one in (case, new)]
    assert held[0] == held[1]


@pytest.mark.parametrize("parts", ["none", "ended"])
def test_only_what_is_in_a_case_is_split_off(people, case, report, parts):
    part = join(people.alice, NOW, case=case, joined=report)
    end_part(people.bob, NOW, part=part, reason="not of this matter")
    with pytest.raises(RefusedError, match="what is in this one now"):
        split_case(people.bob, NOW, case=case, parts=[part] if parts == "ended" else [], title="Nets", reason="apart")
