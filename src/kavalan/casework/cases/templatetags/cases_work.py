"""`{% load cases_work %}`: the words of tasks and the ways of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import template
from django.urls import reverse
from django.utils.html import format_html

from kavalan.casework.cases.work_forms import last_day as day_before

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from django.utils.safestring import SafeString

    from kavalan.casework.cases.models import Task
    from kavalan.casework.cases.timeline import Event

register = template.Library()
_PAGES: Final[Mapping[str, str]] = {
    "cases.case": "case",
    "intake.report": "report",
    "exhibits.exhibit": "exhibit",
    "subjects.subject": "subject",
}
"""Where what an event is about has its page."""


@register.filter
def last_day(due_at: datetime) -> date:
    """The day by the end of which something is due."""
    return day_before(due_at)


@register.simple_tag
def task_words(task: Task) -> SafeString:
    """What is to be done: the words of a template are in English in every language."""
    return format_html('<span lang="en">{}</span>' if task.template else "{}", task.title)


@register.simple_tag
def event_link(event: Event) -> SafeString:
    """What an event is about, with the way to its page where it has one."""
    if event.about is None:
        return format_html("")
    route = _PAGES.get(event.kind)
    if route is None:
        return format_html("{}", event.about.words)
    return format_html('<a href="{}">{}</a>', reverse(route, args=[event.about.key]), event.about.words)
