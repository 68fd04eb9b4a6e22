"""What is to be done in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kavalan.casework.records import Record

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open", _("to be done")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class Task(Record):
    """Something to be done in a case. `title` names nobody.

    `template` and `step` say by which row of `data/tasks.toml` it was planned, both empty for one of its own.
    `assignee`, `due_at` and `state` repeat its newest change.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    template = models.CharField(max_length=40, blank=True)
    step = models.CharField(max_length=40, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tasks", null=True)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "template", "step"], name="step_once", condition=~models.Q(template="")
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state", "due_at"], name="task_of_case"),
            models.Index(
                fields=["assignee", "due_at"], name="task_open_of", condition=models.Q(state=TaskState.OPEN.value)
            ),
        ]

    if TYPE_CHECKING:
        public_id: UUID
        case_id: int
        assignee_id: int | None
        changes: RelatedManager[TaskChange]

    def __str__(self) -> str:
        return self.title

    def compartment_ids(self) -> list[int]:
        """Where it lies: where its case does."""
        return self.case.compartment_ids()


class TaskChange(models.Model):
    """How a task stood from a time on, and why; rows are added and never changed."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="changes")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=TaskState)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["task", "at"], name="change_of_task")]

    if TYPE_CHECKING:
        task_id: int

    def __str__(self) -> str:
        return f"{self.task}: {self.get_state_display()}"
