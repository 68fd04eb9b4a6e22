"""Merging cases: who may, and who then sees what."""

import pytest

from kavalan.casework.access.models import Grant, Role
from kavalan.casework.access.services import grant
from kavalan.casework.cases.models import Case
from kavalan.casework.cases.relations import merged_here
from kavalan.casework.cases.selectors import visible_cases
from kavalan.casework.cases.services import join, merge_cases, open_case
from kavalan.casework.cases.services.rearranging import MOST_AT_ONCE
from kavalan.casework.cases.sight import gaining
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import visible_reports

from ..conftest import NOW
from ..reports import lay_reports
from .rearranged import merge, numbers, shown, undo


def test_what_is_in_both_is_in_the_merged_one_once_and_the_other_stays_to_be_read(people, case, desk):
    one, both, new = lay_reports(desk, 3)
    other = open_case(people.bob, NOW, title="Nets")
    for into, report in ((case, one), (case, both), (other, both), (other, new)):
        join(people.alice, NOW, case=into, joined=report)
    merge(people.bob, case, other)
    assert numbers(case) == [one.pk, both.pk, new.pk]
    assert numbers(other) == [both.pk, new.pk]
    assert list(merged_here(case)) == [other]
    with pytest.raises(RefusedError, match="goes on in the other one"):
        join(people.bob, NOW, case=other, joined=one)


def test_many_are_merged_at_once_in_one_entry_and_undone_one_by_one(people, case, desk, entries):
    reports = lay_reports(desk, 3)
    others = [open_case(people.bob, NOW, title=f"Nets {number}") for number in range(3)]
    for other, report in zip(others, reports, strict=True):
        join(people.alice, NOW, case=other, joined=report)
    before = entries()
    made = merge(people.bob, case, *others)
    assert (entries() - before, numbers(case)) == (1, [report.pk for report in reports])
    undo(people.bob, made[1])
    assert numbers(case) == [reports[0].pk, reports[2].pk]


def test_who_would_see_more_by_it_is_said_and_decided_by_a_supervisor_of_what_they_would_see(people, case, other):
    grant(people.alice, NOW, compartment=other.compartment, to=people.dora, role=Role.INVESTIGATOR)
    grant(people.alice, NOW, compartment=case.compartment, to=people.dora, role=Role.INVESTIGATOR)
    gains = gaining([other], case, NOW)[other.pk]
    assert [(one.officer, one.role) for one in gains] == [(people.bob, "investigator")]
    told = {"into": case, "merged": [other], "reason": "one matter", "seen": [one.public_id for one in gains]}
    with pytest.raises(RefusedError, match="a supervisor of it decides"):
        merge_cases(people.dora, NOW, **told)
    with pytest.raises(RefusedError, match="has changed since you looked"):
        merge_cases(people.alice, NOW, **told | {"seen": []})
    assert merge_cases(people.alice, NOW, **told) == case
    assert other in visible_cases(people.bob, NOW)


def test_somebody_let_in_after_the_page_was_shown_is_not_let_see_unsaid(people, case, other):
    seen = shown([other], case)
    grant(people.alice, NOW, compartment=case.compartment, to=people.dora, role=Role.EXAMINER)
    with pytest.raises(RefusedError, match="has changed since you looked"):
        merge_cases(people.alice, NOW, into=case, merged=[other], reason="one matter", seen=seen)
    assert not visible_cases(people.dora, NOW).filter(pk=other.pk).exists()


def test_a_unit_s_grant_covers_its_officers(people, case, other):
    grant(people.alice, NOW, compartment=other.compartment, to=people.alice.unit, role=Role.EXAMINER)
    assert not gaining([other], case, NOW)[other.pk]
    assert [one.unit for one in gaining([case], other, NOW)[case.pk]] == [people.alice.unit]


def test_nobody_of_a_merged_case_sees_the_other_unless_its_supervisor_lets_them_in(people, case, other, report):
    join(people.alice, NOW, case=case, joined=report)
    theirs = grant(people.alice, NOW, compartment=other.compartment, to=people.dora, role=Role.EXAMINER)
    (made,) = merge(people.alice, case, other)
    assert not visible_reports(people.dora, NOW).exists()
    undo(people.alice, made)
    (made,) = merge(people.alice, case, other, let_in=[theirs.public_id])
    assert visible_reports(people.dora, NOW).exists()
    undo(people.alice, made)
    assert not visible_reports(people.dora, NOW).exists()
    assert Grant.objects.filter(officer=people.dora, compartment=case.compartment).exists()


def test_who_supervises_only_the_merged_case_lets_nobody_into_the_other(people, case, other):
    grant(people.alice, NOW, compartment=other.compartment, to=people.bob, role=Role.SUPERVISOR)
    mine = Grant.objects.get(compartment=other.compartment, role=Role.INVESTIGATOR)
    with pytest.raises(RefusedError, match="Only a supervisor of COAST/1/2026 lets others in"):
        merge(people.bob, case, other, let_in=[mine.public_id])


@pytest.mark.parametrize("which", ["none", "itself", "many"])
def test_what_is_no_merge_is_refused(people, case, other, which):
    merged = {"none": [], "itself": [other, case], "many": [Case(pk=pk) for pk in range(900, 901 + MOST_AT_ONCE)]}
    with pytest.raises(RefusedError, match="others than itself"):
        merge_cases(people.alice, NOW, into=case, merged=merged[which], reason="one matter")
