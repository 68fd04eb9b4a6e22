"""What is to be done in a case."""

from datetime import date, timedelta

from kavalan.casework.access.models import Grant
from kavalan.casework.cases.planning import end_of
from kavalan.casework.cases.services import add_task, change_task, open_case
from kavalan.casework.cases.tasks import open_tasks, tasks_of, who_sees
from kavalan.casework.verbs import step

from ..conftest import NOW
from .rearranged import merge, undo

SOON = NOW + timedelta(days=1)


def test_what_is_due_on_a_day_is_late_when_the_day_is_over_in_the_desk_s_zone():
    assert end_of(date(2026, 3, 1)).isoformat() == "2026-03-02T00:00:00+05:30"


def test_an_officer_s_tasks_are_those_in_cases_that_they_see_what_is_due_first_first(people, case, let_in):
    let_in(people.dora)
    named = [("Later", SOON + timedelta(days=1)), ("Undated", None), ("Sooner", SOON)]
    for title, due_at in named:
        add_task(people.bob, NOW, case=case, title=title, assignee=people.dora, due_at=due_at)
    assert [task.title for task in tasks_of(people.dora, NOW)] == ["Sooner", "Later", "Undated"]
    step(Grant)(Grant.objects.filter(officer=people.dora).update)(until=NOW)
    assert not tasks_of(people.dora, SOON)
    assert {task.unseen for task in open_tasks(case, SOON)} == {True}
    assert people.dora not in who_sees(case, SOON)


def test_tasks_of_a_merged_case_are_worked_on_where_it_goes_on_and_stay_its_own(people, case):
    other = open_case(people.bob, NOW, title="Nets")
    task = add_task(people.bob, NOW, case=other, title="Mend", assignee=people.bob)
    (made,) = merge(people.bob, case, other)
    assert [one.title for one in open_tasks(case, NOW)] == ["Mend"]
    change_task(people.alice, NOW, task=task, assignee=people.alice, due_at=None)
    undo(people.bob, made)
    assert not open_tasks(case, NOW)
    assert [(one.title, one.assignee, one.unseen) for one in open_tasks(other, NOW)] == [("Mend", people.alice, False)]
