"""What is to be done in a case, and one task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kavalan.casework.access.selectors import roles_in
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.family import goes_on_in
from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.planning import task_plans
from kavalan.casework.cases.services import add_task, change_task, end_task, plan_tasks, reopen_task
from kavalan.casework.cases.tasks import MOST_SHOWN, ended_tasks, open_tasks, task_for, who_sees
from kavalan.casework.cases.work_forms import PlanForm, ReasonForm, TaskChangeForm, TaskEndForm, TaskForm
from kavalan.casework.cases.working import WORKS
from kavalan.casework.errors import RefusedError

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from kavalan.casework.cases.models import Task


@require_http_methods(["GET", "HEAD", "POST"])
def of_case(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The tasks of a case; a POST adds one, or those of a template."""
    officer, now = officer_of(request), timezone.now()
    case, people = case_or_404(request, public_id), []
    works = case.merged_into_id is None and bool(roles_in(officer, [case.compartment_id], now) & WORKS)
    if works:
        people = list(who_sees(case, now))
    sent = request.POST if request.method == "POST" else None
    planning = sent is not None and "template" in sent
    form, plan = TaskForm(None if planning else sent, people, {}), PlanForm(sent if planning else None, people)
    chosen: Form = plan if planning else form
    if chosen.is_valid():
        try:
            if planning:
                plan_tasks(officer, now, case=case, **plan.given)
            else:
                add_task(officer, now, case=case, title=form.cleaned_data["title"], **form.given)
        except RefusedError as refusal:
            chosen.add_error(None, str(refusal))
        else:
            return redirect("case-tasks", public_id)
    context = {
        "case": case,
        "works": works,
        "form": form,
        "plan": plan,
        "plans": task_plans().values(),
        "open_tasks": open_tasks(case, now)[:MOST_SHOWN],
        "ended_tasks": ended_tasks(case)[:MOST_SHOWN],
        "now": now,
    }
    return render(request, "cases/tasks.html", context, status=422 if chosen.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One task with how it stood over time; a POST changes, ends or reopens it."""
    officer, now = officer_of(request), timezone.now()
    shown = task_for(officer, public_id, now)
    if shown is None:
        raise Http404
    here = goes_on_in(shown.case)
    works = bool(roles_in(officer, [here.compartment_id], now) & WORKS)
    forms = _forms(request, shown, list(who_sees(here, now)) if works else [])
    sent = forms.get(request.POST.get("what", "")) if request.method == "POST" else None
    if sent is not None and sent.is_valid():
        try:
            _do(request, shown, sent)
        except RefusedError as refusal:
            sent.add_error(None, str(refusal))
        else:
            return redirect("task", public_id)
    context: dict[str, Any] = {
        "task": shown,
        "works": works,
        "theirs": shown.assignee_id == officer.pk,
        "open": shown.state == TaskState.OPEN,
        "changes": shown.changes.select_related("assignee", "by").order_by("-pk")[:MOST_SHOWN],
        "step": _step(shown),
        "now": now,
        **{f"{name}_form": form for name, form in forms.items()},
    }
    return render(request, "cases/task.html", context, status=422 if sent is not None and sent.errors else 200)


def _forms(request: HttpRequest, shown: Task, people: list[Any]) -> dict[str, Form]:
    what = request.POST.get("what", "")

    def sent(name: str) -> Any:  # noqa: ANN401
        return request.POST if what == name else None

    return {
        "change": TaskChangeForm(sent("change"), people, shown),
        "end": TaskEndForm(sent("end")),
        "reopen": ReasonForm(sent("reopen")),
    }


def _do(request: HttpRequest, shown: Task, form: Form) -> None:
    officer, now, reason = officer_of(request), timezone.now(), form.cleaned_data["reason"]
    if isinstance(form, TaskChangeForm):
        change_task(officer, now, task=shown, reason=reason, **form.given)
    elif isinstance(form, TaskEndForm):
        end_task(officer, now, task=shown, state=TaskState(form.cleaned_data["state"]), reason=reason)
    else:
        reopen_task(officer, now, task=shown, reason=reason)


def _step(shown: Task) -> Any:  # noqa: ANN401
    plan = task_plans().get(shown.template)
    return next((step for step in plan.step if step.id == shown.step), None) if plan else None
