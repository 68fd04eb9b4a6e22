"""Saying anew who does a task, and until when."""

import pytest

from kavalan.casework.cases.services import change_task
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_a_change_that_changes_nothing_is_refused(people, task):
    with pytest.raises(RefusedError, match="Nothing changes"):
        change_task(people.bob, NOW, task=task, assignee=None, due_at=None)
