"""What cases say on the first page: tasks of the officer, reviews of what is over, and what is new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from kavalan.casework.access.selectors import given_since, visible
from kavalan.casework.cases.models import Case, RetentionReview, StageReached, Task, TaskChange
from kavalan.casework.cases.reviewing import open_reviews
from kavalan.casework.cases.rules import Stage
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


def _reviews(asker: Asker) -> QuerySet[RetentionReview]:
    return open_reviews(asker.officer, asker.now)


def _opened(asker: Asker) -> QuerySet[Case]:
    there = Case.objects.filter(visible(Case, asker.officer, asker.now), opened_at__gt=asker.since)
    return there.exclude(opened_by=asker.officer)


def _let_in(asker: Asker) -> QuerySet[Case]:
    # One that was opened since is named as that.
    given = given_since(asker.officer, asker.since, asker.now)
    return Case.objects.filter(compartment__in=given, opened_at__lte=asker.since)


def _moved(asker: Asker) -> QuerySet[StageReached]:
    seen = visible(Case, asker.officer, asker.now, "case_id")
    return StageReached.objects.filter(seen, entered_at__gt=asker.since).exclude(entered_by=asker.officer)


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
    Sort(
        "case.review",
        Shelf.DUE,
        _("What is kept of a case that is over, to be looked through"),
        _reviews,
        "case-review",
        order=("due_at", "pk"),
        label=F("case__reference"),
        at=F("due_at"),
        urgent=past,
    ),
    Sort("case.opened", Shelf.NEW, _("Cases"), _opened, "case", at=F("opened_at")),
    Sort("case.let_in", Shelf.NEW, _("Cases into which you were let"), _let_in, "case"),
    Sort(
        "case.moved",
        Shelf.NEW,
        _("Where cases came to stand"),
        _moved,
        "case",
        label=F("case__reference"),
        key=F("case__public_id"),
        at=F("entered_at"),
        kind=F("stage"),
        kinds=dict(Stage.choices),
        said=_("%(label)s: %(kind)s"),
    ),
)
