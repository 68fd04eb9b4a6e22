"""Adding a task."""

from datetime import timedelta

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.services import add_task, change_task, end_task, reopen_task
from kavalan.casework.cases.tasks import who_sees
from kavalan.casework.errors import RefusedError

from ..conftest import NOW

SOON = NOW + timedelta(days=1)


def test_who_only_reads_a_case_adds_no_task_and_ends_none_but_their_own(people, case, task, let_in):
    let_in(people.dora)
    for refused in (
        lambda: add_task(people.dora, NOW, case=case, title="Ask"),
        lambda: change_task(people.dora, NOW, task=task, assignee=people.dora, due_at=None),
        lambda: end_task(people.dora, NOW, task=task, state=TaskState.DONE),
    ):
        with pytest.raises(RefusedError, match="Your role in this case"):
            refused()
    given = change_task(people.bob, NOW, task=task, assignee=people.dora, due_at=SOON)
    assert end_task(people.dora, NOW, task=given, state=TaskState.DONE).state == TaskState.DONE
    with pytest.raises(RefusedError, match="Your role in this case"):
        reopen_task(people.dora, NOW, task=given, reason="not yet")


def test_nobody_gets_a_task_of_a_case_that_they_do_not_see(people, case, task):
    with pytest.raises(RefusedError, match="must see its case"):
        add_task(people.bob, NOW, case=case, title="Ask", assignee=people.dora)
    with pytest.raises(RefusedError, match="must see its case"):
        change_task(people.bob, NOW, task=task, assignee=people.charlie, due_at=None)


def test_only_who_sees_the_case_is_offered(people, case, let_in):
    let_in(people.charlie, Role.EXAMINER)
    assert who_sees(case, NOW) == [people.alice, people.bob, people.charlie]
