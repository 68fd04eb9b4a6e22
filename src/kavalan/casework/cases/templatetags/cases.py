"""`{% cases_of report %}`: the cases in which something is, as facts for its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import template
from django.utils import timezone

from kavalan.casework.accounts.session import officer_of
from kavalan.casework.cases import selectors

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest
    from django.template.context import RequestContext

register = template.Library()


@register.inclusion_tag("cases/_cases_of.html", takes_context=True)
def cases_of(context: RequestContext, joined: Model) -> dict[str, object]:
    """Those that the officer may see, between `<dt>` and the next; one statement."""
    officer = officer_of(cast("HttpRequest", context["request"]))
    return {"cases": selectors.cases_of(officer, joined, timezone.now())}
