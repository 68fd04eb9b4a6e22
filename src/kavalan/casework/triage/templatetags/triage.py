"""`{% triage report %}`: the first look, and where the report stands, for the report's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from kavalan.casework.triage.models import Bundled
from kavalan.casework.triage.selectors.reports import looks_at, reported_in

if TYPE_CHECKING:
    from django.template.context import Context

    from kavalan.casework.intake.models import Report

register = template.Library()


@register.inclusion_tag("triage/_report.html", takes_context=True)
def triage(context: Context, report: Report) -> dict[str, Any]:
    """The newest look with all its lines, what is urgent, who may be a child, and what one can do."""
    looks = looks_at(report)
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "report": report,
        "newest": looks[0] if looks else None,
        "earlier": len(looks) - 1,
        "urgent": report.urgent.filter(acknowledged_at__isnull=True).order_by("pk"),
        "reported": reported_in(report),
        "duplicates": report.duplicates.count(),
        "bundled": Bundled.objects.filter(report=report, in_force=True).count(),
    }
