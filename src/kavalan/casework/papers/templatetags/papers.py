"""`{% load papers %}`: the papers about an exhibit, wherever its page speaks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kavalan.casework.papers.selectors import issued_about

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kavalan.casework.exhibits.models import Exhibit
    from kavalan.casework.papers.models import IssuedPaper

register = template.Library()


@register.simple_tag
def papers_about(exhibit: Exhibit) -> QuerySet[IssuedPaper]:
    """The papers that were issued about an exhibit, the newest first."""
    return issued_about(exhibit)
