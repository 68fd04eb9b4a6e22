"""Taking a task up again."""

from datetime import timedelta

from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.services import end_task, reopen_task

from ..conftest import NOW

SOON = NOW + timedelta(days=1)


def test_every_change_stays_with_who_said_it_and_why(people, task):
    end_task(people.bob, NOW, task=task, state=TaskState.DROPPED, reason="no provider")
    reopen_task(people.alice, SOON, task=task, reason="there is one")
    told = [(one.state, one.reason, one.by, one.at) for one in task.changes.order_by("pk")]
    assert told == [
        ("open", "", people.bob, NOW),
        ("dropped", "no provider", people.bob, NOW),
        ("open", "there is one", people.alice, SOON),
    ]
