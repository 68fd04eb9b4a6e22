"""`{% safekeeping exhibit %}`: how an exhibit is kept, for the exhibit's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kavalan.casework.safekeeping.selectors import kept_of, latest_of, stand

if TYPE_CHECKING:
    from kavalan.casework.exhibits.models import Exhibit

register = template.Library()


@register.inclusion_tag("safekeeping/_kept.html")
def safekeeping(exhibit: Exhibit) -> dict[str, object]:
    """What is kept of it and how that stands."""
    return {"exhibit": exhibit, "keeping": latest_of(exhibit), "stands": stand(kept_of(exhibit))}
