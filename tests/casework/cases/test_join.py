"""Putting something into a case."""

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.cases.selectors import parts_of
from kavalan.casework.cases.services import join
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.intake.selectors import visible_reports

from ..conftest import NOW


def test_who_works_on_the_case_sees_what_is_joined(people, case, report, let_in):
    let_in(people.dora)
    assert not visible_reports(people.dora, NOW).exists()
    part = join(people.bob, NOW, case=case, joined=report, reason="the same account")
    assert list(parts_of(case, Report)) == [part]
    assert (part.kind, part.reason, part.added_by) == ("intake.report", "the same account", people.bob)
    assert list(visible_reports(people.dora, NOW)) == [report]


def test_what_the_actor_may_not_see_is_not_joined(people, case, report, let_in):
    let_in(people.dora, Role.INVESTIGATOR)
    with pytest.raises(RefusedError, match="no such thing"):
        join(people.dora, NOW, case=case, joined=report)


def test_nothing_is_joined_twice_or_by_who_only_reads(people, case, report, let_in):
    join(people.bob, NOW, case=case, joined=report)
    with pytest.raises(RefusedError, match="already"):
        join(people.alice, NOW, case=case, joined=report)
    let_in(people.dora)
    with pytest.raises(RefusedError, match="Your role in this case"):
        join(people.dora, NOW, case=case, joined=report)
