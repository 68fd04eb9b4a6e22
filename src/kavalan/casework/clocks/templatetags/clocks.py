"""`{% clocks_of report %}`: which time limits run about a report, for the report's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone

from kavalan.casework.clocks.rules import State
from kavalan.casework.clocks.selectors import about

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report

register = template.Library()
_ENDED = {State.DISMISSED, State.CORRECTED}


@register.inclusion_tag("clocks/_of_report.html")
def clocks_of(report: Report) -> dict[str, object]:
    """Its time limits without those that were put aside."""
    now = timezone.now()
    return {"report": report, "limits": [one for one in about(report, now) if one.state not in _ENDED], "now": now}
