"""Taking something out of a case."""

import pytest

from kavalan.casework.cases.models import Part
from kavalan.casework.cases.services import end_part, join
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.selectors import visible_reports

from ..conftest import NOW


def test_row_stays_with_the_reason_and_the_way_in_is_closed(people, case, report, let_in):
    let_in(people.dora)
    part = join(people.bob, NOW, case=case, joined=report)
    end_part(people.bob, NOW, part=part, reason="another matter")
    kept = Part.objects.get()
    assert (kept.ended_by, kept.ended_why) == (people.bob, "another matter")
    assert not visible_reports(people.dora, NOW).exists()
    assert visible_reports(people.bob, NOW).exists()  # at the desk


def test_it_can_be_joined_again_and_is_not_taken_out_twice(people, case, report):
    part = join(people.bob, NOW, case=case, joined=report)
    end_part(people.bob, NOW, part=part, reason="another matter")
    with pytest.raises(RefusedError, match="any more"):
        end_part(people.bob, NOW, part=part, reason="another matter")
    assert join(people.bob, NOW, case=case, joined=report).ended_at is None


def test_reason_is_needed(people, case, report):
    part = join(people.bob, NOW, case=case, joined=report)
    with pytest.raises(RefusedError, match="reason"):
        end_part(people.bob, NOW, part=part, reason=" ")
