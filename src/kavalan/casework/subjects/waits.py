"""What subjects say on the first page: what watches told, watches that end or are over, a possible child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kavalan.casework.mydesk.sort import Shelf, Sort
from kavalan.casework.subjects.models import Subject, Told, Watch
from kavalan.casework.subjects.selectors import watches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker


def _told(asker: Asker) -> QuerySet[Told]:
    return watches.unread(asker.officer)


def _over(asker: Asker) -> QuerySet[Watch]:
    return watches.to_conclude(asker.officer, asker.now)


def _children(asker: Asker) -> QuerySet[Subject]:
    return watches.of_children(asker.officer, asker.now)


def _ending(asker: Asker) -> QuerySet[Watch]:
    return watches.ending(asker.officer, asker.now)


SORTS: Final[Sequence[Sort]] = (
    Sort(
        "subjects.told",
        Shelf.WAITS,
        _("A watch tells you of a new report"),
        _told,
        "watches",
        bare=True,
        order=("pk",),
        label=F("watch__subject__reference"),
        at=F("told_at"),
        urgent=True,
    ),
    Sort(
        "subjects.children",
        Shelf.WAITS,
        _("A subject’s account is named as that of a possible child or a victim"),
        _children,
        "subject",
        order=("pk",),
        urgent=True,
    ),
    Sort(
        "subjects.over",
        Shelf.WAITS,
        _("A watch that is over: say what came of it"),
        _over,
        "watch",
        order=("until", "pk"),
        label=F("subject__reference"),
        at=F("until"),
    ),
    Sort(
        "subjects.ending",
        Shelf.ENDS,
        _("A watch that ends soon; another officer can renew it"),
        _ending,
        "watch",
        order=("until", "pk"),
        label=F("subject__reference"),
        at=F("until"),
    ),
)
