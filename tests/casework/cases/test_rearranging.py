"""Merging cases, splitting one, relating two: who may, who then sees what, and what undoing waits for."""

import pytest

from kavalan.casework.access.models import Grant, Role
from kavalan.casework.access.services import grant
from kavalan.casework.cases.models import Case, Rearrangement
from kavalan.casework.cases.relations import mergeable, merged_here, rearrangement_for, relations_of
from kavalan.casework.cases.selectors import parts_of, visible_cases
from kavalan.casework.cases.services import end_part, join, link_cases, merge_cases, open_case, split_case
from kavalan.casework.cases.services.rearranging import MOST_AT_ONCE
from kavalan.casework.cases.sight import gaining
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.selectors import visible_reports

from ..conftest import NOW
from ..reports import lay_reports
from .rearranged import merge, shown, undo


@pytest.fixture
def other(people, case):
    """A second case, opened by Alice: Bob was not let in."""
    return open_case(people.alice, NOW, title="Nets")


def numbers(case):
    return sorted(part.object_id for part in parts_of(case, Report))


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


@pytest.mark.parametrize("parts", ["none", "ended"])
def test_only_what_is_in_a_case_is_split_off(people, case, report, parts):
    part = join(people.alice, NOW, case=case, joined=report)
    end_part(people.bob, NOW, part=part, reason="not of this matter")
    with pytest.raises(RefusedError, match="what is in this one now"):
        split_case(people.bob, NOW, case=case, parts=[part] if parts == "ended" else [], title="Nets", reason="apart")


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
