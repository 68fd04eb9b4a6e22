"""The handling mark of a case."""

import pytest

from kavalan.casework.cases.rules import Marking
from kavalan.casework.cases.services import mark_case
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_who_works_on_it_narrows_and_a_supervisor_widens(people, case, last_entry):
    mark_case(people.bob, NOW, case=case, marking=Marking.RED, reason="a child in danger")
    assert last_entry()[1]["to"] == "red"
    case.refresh_from_db()
    with pytest.raises(RefusedError, match="Your role"):
        mark_case(people.bob, NOW, case=case, marking=Marking.AMBER, reason="for the partner")
    mark_case(people.alice, NOW, case=case, marking=Marking.AMBER, reason="for the partner")
    assert [row.marking for row in case.markings.order_by("pk")] == ["red", "amber"]


def test_same_mark_and_no_reason_are_refused(people, case):
    with pytest.raises(RefusedError, match="already"):
        mark_case(people.bob, NOW, case=case, marking=Marking(case.marking), reason="again")
    with pytest.raises(RefusedError, match="reason"):
        mark_case(people.bob, NOW, case=case, marking=Marking.RED, reason="")
