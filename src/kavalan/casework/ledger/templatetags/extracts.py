"""`{% load extracts %}`: the notices of extracts about whoever is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kavalan.casework.ledger.models import LedgerExtract

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.template.context import RequestContext

register = template.Library()


@register.inclusion_tag("ledger/_notices.html", takes_context=True)
def extract_notices(context: RequestContext) -> dict[str, object]:
    """What the officer has not taken note of yet; only asked where the session's own query found that there is any."""
    if not context["request"].was_extracted:
        return {}
    return {"notices": _about(context).filter(acknowledged_at__isnull=True), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ledger/_history.html", takes_context=True)
def extract_history(context: RequestContext) -> dict[str, object]:
    """Every extract about the officer, for good."""
    return {"extracts": _about(context)}


def _about(context: RequestContext) -> QuerySet[LedgerExtract]:
    mine = LedgerExtract.objects.filter(officer=context["request"].user.pk)
    return mine.select_related("made_by", "granted_by").order_by("-pk")
