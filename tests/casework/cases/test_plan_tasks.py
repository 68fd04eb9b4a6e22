"""Planning tasks by a template."""

from datetime import date

import pytest
from django.utils import timezone

from kavalan.casework.cases.models import Task
from kavalan.casework.cases.planning import task_plans
from kavalan.casework.cases.services import plan_tasks
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


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


def test_all_of_a_template_is_given_to_somebody_who_sees_the_case(people, case):
    with pytest.raises(RefusedError, match="must see its case"):
        plan_tasks(people.bob, NOW, case=case, template="new-report", assignee=people.charlie)
    plan_tasks(people.bob, NOW, case=case, template="new-report", assignee=people.bob)
    assert {task.assignee for task in Task.objects.filter(case=case)} == {people.bob}


def test_every_template_says_where_its_rows_were_read_and_how_sure_they_are():
    for plan in task_plans().values():
        assert plan.since >= date(2024, 7, 1)
        assert all(one.source and one.certainty in {"V", "S", "M", "H"} for one in plan.step)
