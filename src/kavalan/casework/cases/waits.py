"""What cases say on the first page: tasks of the officer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from kavalan.casework.cases.models import Task, TaskChange
from kavalan.casework.cases.tasks import tasks_of
from kavalan.casework.mydesk.sort import Shelf, Sort, past

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker


def _due(asker: Asker) -> QuerySet[Task]:
    return _theirs(asker).filter(due_at__isnull=False)


def _waiting(asker: Asker) -> QuerySet[Task]:
    return _theirs(asker).filter(due_at__isnull=True)


def _given(asker: Asker) -> QuerySet[Task]:
    given = TaskChange.objects.filter(task=OuterRef("pk"), assignee=asker.officer, at__gt=asker.since)
    return _theirs(asker).filter(Exists(given.exclude(by=asker.officer)))


def _theirs(asker: Asker) -> QuerySet[Task]:
    return tasks_of(asker.officer, asker.now).select_related(None)


_CALLED: Final = Concat(F("case__reference"), Value(": "), F("title"))
SORTS: Final[Sequence[Sort]] = (
    Sort(
        "task.due",
        Shelf.DUE,
        _("A task of yours with a day"),
        _due,
        "task",
        order=("due_at", "pk"),
        label=_CALLED,
        at=F("due_at"),
        urgent=past,
    ),
    Sort("task.waiting", Shelf.WAITS, _("A task of yours"), _waiting, "task", order=("pk",), label=_CALLED),
    Sort("task.given", Shelf.NEW, _("Tasks that others gave you"), _given, "task", label=_CALLED),
)
