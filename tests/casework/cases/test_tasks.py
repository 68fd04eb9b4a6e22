"""What is to be done in a case."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from kavalan.casework.access.models import Grant, Role
from kavalan.casework.cases.models import Task, TaskState
from kavalan.casework.cases.planning import end_of, task_plans
from kavalan.casework.cases.services import add_task, change_task, end_task, open_case, plan_tasks, reopen_task
from kavalan.casework.cases.tasks import open_tasks, tasks_of, who_sees
from kavalan.casework.errors import RefusedError
from kavalan.casework.verbs import step

from ..conftest import NOW
from .rearranged import merge, undo

SOON = NOW + timedelta(days=1)


@pytest.fixture
def task(people, case):
    """One that is nobody's yet."""
    return add_task(people.bob, NOW, case=case, title="Ask the provider")


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


def test_every_change_stays_with_who_said_it_and_why(people, task):
    end_task(people.bob, NOW, task=task, state=TaskState.DROPPED, reason="no provider")
    reopen_task(people.alice, SOON, task=task, reason="there is one")
    told = [(one.state, one.reason, one.by, one.at) for one in task.changes.order_by("pk")]
    assert told == [
        ("open", "", people.bob, NOW),
        ("dropped", "no provider", people.bob, NOW),
        ("open", "there is one", people.alice, SOON),
    ]


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


def test_a_change_that_changes_nothing_is_refused(people, task):
    with pytest.raises(RefusedError, match="Nothing changes"):
        change_task(people.bob, NOW, task=task, assignee=None, due_at=None)


def test_a_template_plans_what_is_not_planned_yet(people, case):
    plan = task_plans()["new-report"]
    plan_tasks(people.bob, NOW, case=case, template="new-report")
    found = {task.step: task for task in Task.objects.filter(case=case)}
    assert found.keys() == {step.id for step in plan.step}
    # NOW is the afternoon of 1 March in Kolkata; within ninety days is until the end of 30 May.
    assert timezone.localtime(found["informant"].due_at).isoformat() == "2026-05-31T00:00:00+05:30"
    with pytest.raises(RefusedError, match="All of it is planned"):
        plan_tasks(people.bob, NOW, case=case, template="new-report")
    with pytest.raises(RefusedError, match="no such template"):
        plan_tasks(people.bob, NOW, case=case, template="unheard-of")


def test_every_template_says_where_its_rows_were_read_and_how_sure_they_are():
    for plan in task_plans().values():
        assert plan.since >= date(2024, 7, 1)
        assert all(one.source and one.certainty in {"V", "S", "M", "H"} for one in plan.step)


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


def test_only_who_sees_the_case_is_offered(people, case, let_in):
    let_in(people.charlie, Role.EXAMINER)
    assert who_sees(case, NOW) == [people.alice, people.bob, people.charlie]
