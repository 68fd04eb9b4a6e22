"""Two subjects that are one person."""

import pytest

from kavalan.casework.cases.services import open_case
from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Side
from kavalan.casework.subjects.selectors.whole import whole
from kavalan.casework.subjects.services import add_evidence, merge_subjects

from ..conftest import NOW
from .conftest import SOON, fresh, opened


@pytest.fixture
def second(people, case, report):
    return opened(people.bob, case, report)


def test_one_goes_on_in_the_other_whose_page_shows_both(people, subject, second):
    merge_subjects(people.alice, SOON, kept=subject, gone=second, reason="one voice")
    assert fresh(second).merged_into == subject
    assert [row.link.subject for row in whole(subject, people.alice, SOON).accounts] == [subject, second]
    with pytest.raises(RefusedError, match="goes on in S/1/2026"):
        add_evidence(people.alice, SOON, subject=second, side=Side.FOR, text="More.")


def test_nobody_sees_more_by_it(people, subject, report):
    apart = opened(people.alice, open_case(people.alice, NOW, title="Another harbour"), report)
    merge_subjects(people.alice, SOON, kept=subject, gone=apart, reason="one voice")
    assert [row.link.subject for row in whole(subject, people.bob, SOON).accounts] == [subject]


def test_who_does_not_work_where_both_lie_merges_nothing(people, subject, report):
    apart = opened(people.alice, open_case(people.alice, NOW, title="Another harbour"), report)
    with pytest.raises(RefusedError, match="Only who works on a case"):
        merge_subjects(people.bob, SOON, kept=subject, gone=apart, reason="one voice")


def test_subject_does_not_go_on_in_itself(people, subject):
    with pytest.raises(RefusedError, match="another subject"):
        merge_subjects(people.alice, SOON, kept=subject, gone=subject, reason="one voice")
