"""What is to be done in a case: planned, given to somebody, done, dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.access.selectors import visible
from kavalan.casework.accounts.models import Officer
from kavalan.casework.cases.family import goes_on_in
from kavalan.casework.cases.models import Case, Task, TaskChange, TaskState
from kavalan.casework.cases.planning import task_plans
from kavalan.casework.cases.working import held
from kavalan.casework.errors import RefusedError
from kavalan.casework.said import required
from kavalan.casework.search.indexing import write_all
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from datetime import datetime


@house_verb("task.add")
def add_task(
    act: HouseAct, *, case: Case, title: str, assignee: Officer | None = None, due_at: datetime | None = None
) -> Done[Task]:
    """Add something to be done in a case.

    Args:
        act: who adds it, who works on the case.
        case: of which.
        title: what is to be done, in words that name nobody.
        assignee: who does it; nobody yet without.
        due_at: from when on it is late, aware UTC.

    Raises:
        RefusedError: when the actor does not work on the case, nothing is said, or the assignee does not see it.
    """
    case = held(act, case)
    title = required(title, "Say what is to be done, without a name.")[:200]
    _require_sight(case, assignee, act)
    task = Task.objects.create(
        case=case, title=title, assignee=assignee, due_at=due_at, added_by=act.officer, added_at=act.at
    )
    _note(act, task)
    return Done(task, _said(task) | {"title": title})


@house_verb("task.plan")
def plan_tasks(act: HouseAct, *, case: Case, template: str, assignee: Officer | None = None) -> Done[Case]:
    """Add the tasks of a template that the case does not have yet, each due by the template.

    Args:
        act: who works on the case.
        case: which.
        template: its id.
        assignee: who does them, who must see the case; they are nobody's yet without.

    Raises:
        RefusedError: when the actor does not work on the case, there is no such template, all of it is planned, or the
            assignee does not see the case.
    """
    case = held(act, case)
    _require_sight(case, assignee, act)
    plan = task_plans().get(template)
    if plan is None:
        raise RefusedError("There is no such template.")
    planned = set(Task.objects.filter(case=case, template=template).values_list("step", flat=True))
    tasks = Task.objects.bulk_create(
        Task(
            case=case,
            title=step.words,
            template=template,
            step=step.id,
            assignee=assignee,
            due_at=step.due_after(act.at),
            added_by=act.officer,
            added_at=act.at,
        )
        for step in plan.step
        if step.id not in planned
    )
    if not tasks:
        raise RefusedError("All of it is planned in this case.")
    TaskChange.objects.bulk_create(_change(act, task, "") for task in tasks)
    write_all(tasks)
    return Done(case, {"template": template, "tasks": [str(task.public_id) for task in tasks]})


@house_verb("task.change")
def change_task(
    act: HouseAct, *, task: Task, assignee: Officer | None, due_at: datetime | None, reason: str = ""
) -> Done[Task]:
    """Say anew who does a task and until when.

    Raises:
        RefusedError: when the actor does not work on the case, the task is not open, the assignee does not see the
            case, or nothing changes.
    """
    task = _open(_locked(act, task))
    if (task.assignee_id, task.due_at) == (assignee.pk if assignee else None, due_at):
        raise RefusedError("Nothing changes by that.")
    _require_sight(task.case, assignee, act)
    task.assignee, task.due_at = assignee, due_at
    return _changed(act, task, reason.strip()[:400])


@house_verb("task.end")
def end_task(act: HouseAct, *, task: Task, state: TaskState, reason: str = "") -> Done[Task]:
    """Say that a task was done, or that it is dropped and why.

    Raises:
        RefusedError: when it is neither the actor's nor in a case on which they work, it is not open, or it is
            dropped without a reason.
    """
    task = _open(_locked(act, task, theirs=True))
    if state == TaskState.OPEN:
        raise RefusedError("It is open.")
    reason = required(reason, "Say why it is dropped.") if state == TaskState.DROPPED else reason.strip()[:400]
    task.state = state
    return _changed(act, task, reason)


@house_verb("task.reopen")
def reopen_task(act: HouseAct, *, task: Task, reason: str) -> Done[Task]:
    """Take up again a task that was done or dropped.

    Raises:
        RefusedError: when the actor does not work on the case, it is open, or no reason is given.
    """
    task = _locked(act, task)
    if task.state == TaskState.OPEN:
        raise RefusedError("It is open.")
    task.state = TaskState.OPEN
    return _changed(act, task, required(reason))


def _locked(act: HouseAct, task: Task, *, theirs: bool = False) -> Task:
    """The task, locked, for who works where its case goes on; `theirs`: or for whose it is."""
    task = Task.objects.select_for_update(of=("self",)).select_related("case", "assignee").get(pk=task.pk)
    if not (theirs and task.assignee_id == act.officer.pk and _sees(act.officer, task.case, act.at)):
        held(act, goes_on_in(task.case))
    return task


def _open(task: Task) -> Task:
    if task.state != TaskState.OPEN:
        raise RefusedError("It was done or dropped: take it up again first.")
    return task


def _sees(officer: Officer, case: Case, at: datetime) -> bool:
    return Case.objects.filter(visible(Case, officer, at), pk=case.pk).exists()


def _require_sight(case: Case, assignee: Officer | None, act: HouseAct) -> None:
    if assignee is not None and not (assignee.is_active and _sees(assignee, case, act.at)):
        raise RefusedError("Who does a task must see its case: let them in first.")


def _changed(act: HouseAct, task: Task, reason: str) -> Done[Task]:
    task.save(update_fields=["assignee", "due_at", "state"])
    _note(act, task, reason)
    return Done(task, _said(task) | {"reason": reason})


def _note(act: HouseAct, task: Task, reason: str = "") -> None:
    _change(act, task, reason).save()


def _change(act: HouseAct, task: Task, reason: str) -> TaskChange:
    standing = {"assignee": task.assignee, "due_at": task.due_at, "state": task.state}
    return TaskChange(task=task, reason=reason, by=act.officer, at=act.at, **standing)


def _said(task: Task) -> dict[str, str | None]:
    return {
        "case": str(task.case.public_id),
        "assignee": str(task.assignee.public_id) if task.assignee else None,
        "due": task.due_at.isoformat() if task.due_at else None,
        "state": str(task.state),
    }
