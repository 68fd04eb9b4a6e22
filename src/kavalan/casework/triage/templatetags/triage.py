"""`{% triage report %}`: the first look, and where the report stands, for the report's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone

from kavalan.casework.clocks.rules import limit_of
from kavalan.casework.triage.models import Bundled
from kavalan.casework.triage.selectors.reports import looks_at, reported_in, sees_children

if TYPE_CHECKING:
    from django.template.context import Context

    from kavalan.casework.clocks.models import Clock
    from kavalan.casework.intake.models import Report

register = template.Library()


@register.inclusion_tag("triage/_report.html", takes_context=True)
def triage(context: Context, report: Report) -> dict[str, Any]:
    """The newest look with all its lines, what is urgent, who may be a child, and what one can do."""
    looks, reported = looks_at(report), reported_in(report)
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "report": report,
        "newest": looks[0] if looks else None,
        "earlier": len(looks) - 1,
        "urgent": report.urgent.filter(acknowledged_at__isnull=True).order_by("pk"),
        "reported": reported,
        "child_lane": any(one.minor for one in reported) and sees_children(context["request"].user, timezone.now()),
        "duplicates": report.duplicates.count(),
        "bundled": Bundled.objects.filter(report=report, in_force=True).count(),
    }


@register.filter
def provision(clock: Clock) -> str:
    """The provision of a time limit, as it is cited."""
    return limit_of(clock.name, clock.started_at).provision
