"""Undoing a merge, a split or a relation, and what it waits for."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.cases.models import Rearrangement
from kavalan.casework.cases.relations import merged_here
from kavalan.casework.cases.rules import NumberKind, Outcome, Stage
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.cases.services import add_number, end_part, join, open_case, split_case
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import visible_reports

from ..conftest import NOW
from .rearranged import merge, numbers, undo


def test_a_merge_of_a_merge_is_undone_from_the_last(people, case, other):
    third = open_case(people.alice, NOW, title="Boats")
    (first,) = merge(people.alice, other, third)
    (second,) = merge(people.alice, case, other)
    assert set(merged_here(case)) == {other, third}
    with pytest.raises(RefusedError, match="COAST/2/2026 was merged into another case since"):
        undo(people.alice, first)
    undo(people.alice, second)
    assert not visible_cases(people.bob, NOW).filter(pk=third.pk).exists()
    undo(people.alice, first)
    with pytest.raises(RefusedError, match="It was undone"):
        undo(people.alice, first)


def test_undoing_a_split_says_who_would_see_what_comes_back(people, case, report):
    join(people.alice, NOW, case=case, joined=report)
    new = split_case(people.bob, NOW, case=case, parts=[case.parts.get()], title="Nets", reason="another")
    made = Rearrangement.objects.get()
    grant(people.alice, NOW, compartment=case.compartment, to=people.charlie, role=Role.EXAMINER)
    with pytest.raises(RefusedError, match="a supervisor of it decides"):
        undo(people.bob, made)
    undo(people.alice, made)
    assert (numbers(case), numbers(new)) == ([report.pk], [])
    assert visible_reports(people.charlie, NOW).exists()


def test_what_was_split_off_is_not_pulled_away_by_undoing_the_merge_that_brought_it(people, case, report):
    other = open_case(people.bob, NOW, title="Nets")
    join(people.alice, NOW, case=other, joined=report)
    (merged,) = merge(people.bob, case, other)
    split_case(people.bob, NOW, case=case, parts=[case.parts.get()], title="Boats", reason="another")
    with pytest.raises(RefusedError, match="split off as COAST/3/2026 since: undo that first"):
        undo(people.bob, merged)


def test_what_a_person_took_out_since_stays_out(people, case, report):
    other = open_case(people.bob, NOW, title="Nets")
    join(people.alice, NOW, case=other, joined=report)
    (merged,) = merge(people.bob, case, other)
    end_part(people.bob, NOW, part=case.parts.get(), reason="not of this matter")
    undo(people.bob, merged)
    assert (numbers(case), numbers(other)) == ([], [report.pk])


def test_undoing_a_split_closes_a_case_in_which_nothing_is_left_and_no_review_waits(people, case, report, last_entry):
    join(people.alice, NOW, case=case, joined=report)
    new = split_case(people.bob, NOW, case=case, parts=[case.parts.get()], title="Nets", reason="another")
    undo(people.alice, Rearrangement.objects.get())
    new.refresh_from_db()
    assert (new.stage, new.over_at, new.stages.get().outcome) == (Stage.CLOSED, NOW, Outcome.UNDONE)
    assert not new.reviews.exists()
    assert last_entry()[1]["closed"] is True


def test_a_case_that_somebody_worked_on_stays_open_when_its_split_is_undone(people, case, report, last_entry):
    join(people.alice, NOW, case=case, joined=report)
    new = split_case(people.bob, NOW, case=case, parts=[case.parts.get()], title="Nets", reason="another")
    add_number(people.bob, NOW, case=new, kind=NumberKind.FIR, number="12/2026")
    undo(people.alice, Rearrangement.objects.get())
    new.refresh_from_db()
    assert (new.over_at, last_entry()[1]["closed"]) == (None, False)
