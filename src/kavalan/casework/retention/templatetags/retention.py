"""`{% retention report %}`: who holds a report, what was corrected, what was purged, for the report's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kavalan.casework.retention.selectors import of_report

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report

register = template.Library()


@register.inclusion_tag("retention/_of_report.html")
def retention(report: Report) -> dict[str, object]:
    """All of it, in short."""
    return {"report": report, "of": of_report(report)}
