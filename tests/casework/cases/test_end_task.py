"""Ending a task."""

import pytest

from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.services import change_task, end_task, reopen_task
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_dropping_and_reopening_need_a_reason_and_the_right_state(people, task):
    with pytest.raises(RefusedError, match="why it is dropped"):
        end_task(people.bob, NOW, task=task, state=TaskState.DROPPED)
    with pytest.raises(RefusedError, match="It is open"):
        reopen_task(people.bob, NOW, task=task, reason="again")
    with pytest.raises(RefusedError, match="It is open"):
        end_task(people.bob, NOW, task=task, state=TaskState.OPEN)
    end_task(people.bob, NOW, task=task, state=TaskState.DONE)
    with pytest.raises(RefusedError, match="take it up again"):
        change_task(people.bob, NOW, task=task, assignee=people.bob, due_at=None)
