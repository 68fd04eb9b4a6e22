"""`{% load look %}`: times, figures, and texts that stay in English beside a translation nobody has read yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from kavalan.casework.look.reviews import SOURCE_LANGUAGE, is_reviewed

if TYPE_CHECKING:
    from datetime import datetime

register = template.Library()


@register.simple_tag
def moment(at: datetime | None) -> SafeString:
    """A time in the unit's zone and the page's language, exact for machines; nothing for None."""
    if at is None:
        return SafeString("")
    local = timezone.localtime(at)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, "DATETIME_FORMAT"))


@register.filter
def figure(count: int | None) -> str:
    """A count, grouped as India counts: 12,04,318. Never in an address: there a number stays bare."""
    return "" if count is None else number_format(count, force_grouping=True)


@register.filter
def told(text: str) -> SafeString:
    """What the desk wrote down in English, as why work stopped: in the page's language where the catalogue has it."""
    translated = gettext(text) if text else ""
    english = translated == text and get_language() != SOURCE_LANGUAGE
    return format_html('<span lang="en">{}</span>' if english else "{}", translated)


@register.simple_tag
def legal(message: str) -> SafeString:
    """A text on which law or a child's safety hangs: translated, and English beside it until it was reviewed."""
    language, translated = get_language() or SOURCE_LANGUAGE, gettext(message)
    if language == SOURCE_LANGUAGE or is_reviewed(language, message, translated):
        return format_html("{}", translated)
    return format_html('{} <span class="original" lang="en">{}</span>', translated, message)
