"""`{% load custody %}`: from which thing an exhibit was made, gaps, spans of time and clocks in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kavalan.casework.custody.models import Origin

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.custody.chain import Gap
    from kavalan.casework.custody.skew import Skew
    from kavalan.casework.exhibits.models import Exhibit

register = template.Library()


@register.inclusion_tag("custody/_drawn_from.html")
def custody(exhibit: Exhibit) -> dict[str, object]:
    """The thing from which an exhibit was made; who sees the exhibit sees so much."""
    return {"drawn": Origin.objects.filter(exhibit=exhibit).select_related("device").first()}


@register.simple_tag
def gap_words(gap: Gap) -> SafeString:
    """What does not fit, and from when to when."""
    words = format_html('<strong class="bad">{}</strong>', gap.fault.label)
    if gap.said:
        words = format_html("{} <code>{}</code>", words, gap.said)
    if gap.number is not None:
        return words
    until = _at(gap.until) if gap.until else _("still")
    return format_html("{}: {} – {}", words, _at(gap.since), until)


@register.filter
def span(length: timedelta) -> str:
    """A span of time in its two largest units."""
    return span_words(length)


@register.simple_tag
def skew(found: Skew) -> str:
    """How far a clock is ahead or behind, and how surely that is known."""
    words = {"by": span_words(abs(found.middle)), "within": span_words(found.either_way)}
    if found.middle == timedelta(0):
        return _("right, give or take %(within)s") % words
    if found.middle > timedelta(0):
        return _("%(by)s ahead, give or take %(within)s") % words
    return _("%(by)s behind, give or take %(within)s") % words


def span_words(length: timedelta) -> str:
    """A span of time in its two largest units, seconds rounded to halves."""
    seconds = length.total_seconds()
    days, rest = divmod(int(seconds), 86400)
    hours, rest = divmod(rest, 3600)
    minutes, whole = divmod(rest, 60)
    parts = [
        (days, ngettext("%(n)s day", "%(n)s days", days)),
        (hours, ngettext("%(n)s hour", "%(n)s hours", hours)),
        (minutes, ngettext("%(n)s minute", "%(n)s minutes", minutes)),
        (whole + seconds % 1, ngettext("%(n)s second", "%(n)s seconds", whole)),
    ]
    said = [text % {"n": f"{number:g}"} for number, text in parts if number][:2]
    return " ".join(said) or _("no time")


def _at(moment: datetime) -> SafeString:
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, "DATETIME_FORMAT"))
