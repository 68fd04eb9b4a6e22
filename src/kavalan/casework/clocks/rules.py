"""Which time limits the law knows, where one stands, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kavalan.casework.errors import RefusedError
from kavalan.law import LawError, due, packaged_law

if TYPE_CHECKING:
    from datetime import datetime

    from kavalan.casework.accounts.unit_kinds import UnitKind
    from kavalan.law import Clock as Limit
    from kavalan.law import Due


class Event(TextChoices):
    """What on the desk may start a time limit, as the law's data names it."""

    INFORMATION = "information.received", _("information about an offence was received")
    SEARCH = "search.recorded", _("a search or seizure was recorded by audio and video")
    REASONS = "search.reasons_recorded", _("the reasons of an officer's own search were recorded")
    PLATFORM_REPORTED = "platform.reported", _("a platform's report was received by NCMEC")
    APPREHENDED = "child.apprehended", _("a child alleged to be in conflict with law was apprehended")
    CONTENT_REMOVED = "content.removed", _("a platform removed material or disabled access to it")


class State(TextChoices):
    """Where a time limit stands."""

    OVERDUE = "overdue", _("too late")
    DUE = "due", _("running")
    PROMPT = "prompt", _("without delay")
    MET = "met", _("met")
    MET_LATE = "met_late", _("met too late")
    DISMISSED = "dismissed", _("does not apply")
    CORRECTED = "corrected", _("corrected")


def limits_of(event: Event, started_at: datetime, kind: UnitKind) -> tuple[Limit, ...]:
    """The time limits that an event starts which happened then, at a unit of that kind."""
    limits = packaged_law().clocks_on(event.value, started_at.astimezone(_zone()).date())
    return tuple(limit for limit in limits if kind.value in limit.runs_for)


def limit_of(name: str, started_at: datetime) -> Limit:
    """A time limit in the version of the day on which it began.

    Raises:
        RefusedError: the law's data knows none of that name for that day.
    """
    try:
        return packaged_law().clock(name, started_at.astimezone(_zone()).date())
    except LawError as error:
        raise RefusedError(str(error)) from error


def counted(limit: Limit, started_at: datetime, now: datetime) -> Due:
    """How much of it is left, in the desk's zone."""
    return due(limit, started_at, now, _zone())


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
