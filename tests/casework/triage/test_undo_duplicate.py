"""Saying that a report is not the same one."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.triage.models import Duplicate
from kavalan.casework.triage.services import undo_duplicate

from ..conftest import NOW
from .conftest import lay, tip


@pytest.fixture
def mark(desk):
    lay(desk, tip(1), tip(1))
    return Duplicate.objects.select_related("report").get()


def test_it_stands_by_itself_and_who_said_so_stays(people, mark, last_entry):
    undone = undo_duplicate(people.bob, NOW, duplicate=mark, reason="another victim")
    assert (undone.in_force, undone.changed_by, undone.reason) == (False, people.bob, "another victim")
    assert Report.objects.get(pk=mark.report_id).duplicate_of is None
    entry, said = last_entry()
    assert (entry.verb, said["in_force"], said["reason"]) == ("duplicate.undo", "no", "another victim")


@pytest.mark.parametrize(
    ("who", "reason", "why"), [("bob", "", "A reason"), ("dora", "x", "Only who takes in reports")]
)
def test_it_is_refused(people, mark, who, reason, why):
    with pytest.raises(RefusedError, match=why):
        undo_duplicate(getattr(people, who), NOW, duplicate=mark, reason=reason)


def test_it_is_undone_once(people, mark):
    undo_duplicate(people.bob, NOW, duplicate=mark, reason="x")
    with pytest.raises(RefusedError, match="stands so already"):
        undo_duplicate(people.bob, NOW, duplicate=mark, reason="x")
