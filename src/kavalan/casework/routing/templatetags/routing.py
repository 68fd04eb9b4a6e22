"""`{% routing report %}`: whose a report is by the tables and where it went, for the report's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import template
from django.utils import timezone

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.routing import selectors
from kavalan.casework.routing.responsible import responsible

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.context import RequestContext

    from kavalan.casework.intake.models import Report

register = template.Library()


@register.inclusion_tag("routing/_routing.html", takes_context=True)
def routing(context: RequestContext, report: Report) -> dict[str, object]:
    """A suggestion from the words of the report, and its transfers; as facts, between `<dt>` and the next."""
    officer, now = officer_of(cast("HttpRequest", context["request"])), timezone.now()
    offices = selectors.offices_for(officer.unit_id)
    place = next(iter(selectors.places_in(report, offices)), None)
    return {
        "report": report,
        "transfers": selectors.transfers_of(report, officer, now),
        "place": place,
        "answer": place and responsible(offices, place.id, "online", timezone.localdate(now)),
    }
