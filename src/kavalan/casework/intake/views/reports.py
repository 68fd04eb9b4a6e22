"""Reports: the list of what a desk has, and one of them, with what was understood beside what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.selectors import holds
from kavalan.casework.accounts.session import officer_of
from kavalan.casework.intake import selectors
from kavalan.casework.intake.asked import report_or_404
from kavalan.casework.intake.forms.queries import ReportsQuery
from kavalan.casework.intake.models import Desk
from kavalan.casework.intake.rules import Form, Lane, Standing
from kavalan.casework.triage.rules import FACT_WORDS
from kavalan.tips import Tip

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import Promise

    from kavalan.casework.accounts.models import Officer


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """What came in and is open to the officer, the urgent first."""
    officer, now, query = officer_of(request), timezone.now(), ReportsQuery(request.GET)
    context = {
        "page": selectors.report_page(officer, query, now),
        "query": query,
        "lanes": _chips(query, "lane", Lane.choices, query.lane),
        "standings": _chips(query, "standing", [*Standing.choices, ("all", _("all"))], query.standing),
        "forms": Form.choices,
        **_desks(officer, now),
    }
    return render(request, "intake/reports.html", context)


@require_safe
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One report."""
    shown, officer, now = report_or_404(request, public_id), officer_of(request), timezone.now()
    namings = selectors.namings_of(shown)
    context = {
        "report": shown,
        "answers": [(FACT_WORDS.get(fact, fact), answer) for fact, answer in shown.answers.items()],
        "digest": bytes(shown.digest).hex(),
        "tip": msgspec.convert(shown.tip, Tip),
        "persons": selectors.persons_of(shown),
        "files": selectors.files_of(shown),
        "namings": namings[: selectors.MOST_NAMINGS],
        "more_namings": len(namings) > selectors.MOST_NAMINGS,
        "reasons": selectors.reasons(officer, shown, now),
    }
    return render(request, "intake/report.html", context)


@require_safe
def receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A receipt for whoever brought a report: its reference, when, its digest, and no name."""
    shown = report_or_404(request, public_id)
    return render(request, "intake/receipt.html", {"report": shown, "delivery": shown.delivery, "desk": shown.desk})


def _chips(
    query: ReportsQuery, name: str, choices: Iterable[tuple[str, str | Promise]], chosen: str
) -> list[tuple[str, str | Promise, str, bool]]:
    """Of each value: itself, its words, the list with it, and whether it is chosen."""
    return [(value, words, query.with_filter(name, value), value == chosen) for value, words in choices]


def _desks(officer: Officer, now: datetime) -> dict[str, object]:
    """What of desks the page must teach where there is nothing else."""
    desks = list(selectors.desks_of(officer, now))
    unit_has = bool(desks) or Desk.objects.filter(unit=officer.unit_id).exists()
    may_open = not unit_has and holds(officer, [OfficerRole.SUPERVISOR], now)
    return {"desks": desks, "unit_has": unit_has, "may_open": may_open}
