"""`{% load operations %}`: what a district is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.filter
def called(names: Mapping[str, str], district: str) -> str:
    """The name of a district; its id where the tables know it no more."""
    return names.get(district, district)
