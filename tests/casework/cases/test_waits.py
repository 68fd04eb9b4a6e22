"""What cases say on the first page."""

from datetime import timedelta

from kavalan.casework.access.models import Role
from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.services import add_task, end_task
from kavalan.casework.mydesk.sort import Shelf

from ..conftest import NOW
from ..waiting import waiting


def tasks(officer, now, shelf, since=None):
    waits = waiting(officer, now, since=since, shelf=shelf)
    return {str(one.what): ([way.text for way in one.ways], one.urgent) for one in waits if "ask" in str(one.what)}


def test_an_officer_s_tasks_stand_there_until_they_are_ended(people, case, let_in):
    let_in(people.dora, Role.EXAMINER)
    due = NOW + timedelta(days=2)
    dated = add_task(people.bob, NOW, case=case, title="Seal it", assignee=people.dora, due_at=due)
    add_task(people.bob, NOW, case=case, title="Read it", assignee=people.dora)
    assert tasks(people.dora, NOW, Shelf.DUE) == {"A task of yours with a day": (["COAST/1/2026: Seal it"], False)}
    assert tasks(people.dora, due, Shelf.DUE) == {"A task of yours with a day": (["COAST/1/2026: Seal it"], True)}
    assert tasks(people.dora, NOW, Shelf.WAITS) == {"A task of yours": (["COAST/1/2026: Read it"], False)}
    new = tasks(people.dora, NOW, Shelf.NEW, since=NOW - timedelta(hours=1))
    assert new == {
        "Tasks that others gave you": (["COAST/1/2026: Read it", "COAST/1/2026: Seal it"], False),
    }
    end_task(people.dora, NOW, task=dated, state=TaskState.DONE)
    assert tasks(people.dora, NOW, Shelf.DUE) == {}
    assert tasks(people.bob, NOW, Shelf.WAITS) == {}
