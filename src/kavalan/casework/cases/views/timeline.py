"""The page of a case's timeline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases.asked import case_or_404
from kavalan.casework.cases.happenings import GROUPS
from kavalan.casework.cases.timeline import Cursor, timeline_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_MICROSECONDS: Final = 10**17
"""In the year 5138: an address that says more was made up."""
_MOST_NUMBER: Final = 2**63 - 1


@require_safe
def timeline(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What happened in a case, the latest first."""
    officer, now = officer_of(request), timezone.now()
    case = case_or_404(request, public_id)
    only = request.GET.get("only", "")
    only = only if only in GROUPS else ""
    page = timeline_of(officer, case, now, after=_read(request.GET.get("after", "")), only=only)
    context = {
        "case": case,
        "page": page,
        "after": _written(page.after) if page.after else "",
        "begun": "after" in request.GET,
        "only": only,
        "groups": GROUPS.items(),
    }
    return render(request, "cases/timeline.html", context)


def _written(cursor: Cursor) -> str:
    moment = (cursor.at - _EPOCH) // timedelta(microseconds=1)
    return f"{moment}-{cursor.rank}-{cursor.number}"


def _read(text: str) -> Cursor | None:
    """The place that an address says; None where it says none, and the first page is shown."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 20 for part in parts):
        return None
    moment, rank, number = map(int, parts)
    if moment > _MOST_MICROSECONDS or number > _MOST_NUMBER or rank > 1000:
        return None
    return Cursor(_EPOCH + timedelta(microseconds=moment), rank, number)
