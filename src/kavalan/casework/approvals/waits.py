"""What questions between two people say on the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from kavalan.casework.approvals.models import Approval
from kavalan.casework.approvals.selectors import answerable
from kavalan.casework.mydesk.sort import Shelf, Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from kavalan.casework.mydesk.sort import Asker


def _asked(asker: Asker) -> QuerySet[Approval]:
    return answerable(asker.officer, asker.now)


def _answered(asker: Asker) -> QuerySet[Approval]:
    return Approval.objects.filter(asked_by=asker.officer, answered_at__gt=asker.since)


_QUESTIONS = (_("%(number)s question"), _("%(number)s questions"))
SORTS: Final[Sequence[Sort]] = (
    Sort(
        "approval.asked",
        Shelf.WAITS,
        _("Asked by others, answered by you"),
        _asked,
        "approvals",
        bare=True,
        label=Value(""),
        order=("expires_at", "pk"),
        counted=_QUESTIONS,
    ),
    Sort(
        "approval.answered",
        Shelf.NEW,
        _("Questions of yours that were answered"),
        _answered,
        "approvals",
        bare=True,
        label=Value(""),
        at=F("answered_at"),
        counted=_QUESTIONS,
    ),
)
