"""What an authority allows, as plain functions: no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Kind(TextChoices):
    """What sort of paper an authority is."""

    FIR = "fir", "first information report"
    WARRANT = "warrant", "warrant"
    PRODUCTION_ORDER = "production_order", "production order"
    CONSENT = "consent", "consent"
    STATUTORY_DUTY = "statutory_duty", "statutory duty"
    PARTNER_AGREEMENT = "partner_agreement", "partner agreement"


class Activity(TextChoices):
    """What an authority may permit; a permission for one is none for another."""

    TRIAGE = "triage", "triage"
    COLLECT = "collect", "collect"
    EXAMINE = "examine", "examine"
    READ_MESSAGES = "read_messages", "read messages"
    WATCH = "watch", "watch"
    DISCLOSE = "disclose", "disclose"
    TAKEDOWN = "takedown", "take down"
    BLOCK = "block", "block"


_EVERYTHING = frozenset({"*", "%", "any", "all", "everything"})


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until, not at, `end`; aware UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an authority says: each activity's span, and the references of the exhibits it names."""

    activities: Mapping[Activity, Span]
    exhibits: frozenset[str]


def fault(grounds: Grounds) -> str | None:
    """Why these grounds cannot be recorded, or None."""
    if not grounds.exhibits:
        return "An authority names its exhibits; without one it would mean everything."
    if wide := sorted(name for name in grounds.exhibits if not name.strip() or name.strip().casefold() in _EVERYTHING):
        return f"{wide[0]!r} is not the reference of an exhibit: an authority for everything is not recorded."
    if not grounds.activities:
        return "An authority names at least one activity."
    if backward := sorted(name for name, span in grounds.activities.items() if span.end <= span.start):
        return f"The permission to {backward[0].label} ends before it begins."
    return None


def refusal(grounds: Grounds, activity: Activity, exhibit: str, at: datetime) -> str | None:
    """Why the activity may not be done on the exhibit at that time, or None when it may."""
    span = grounds.activities.get(activity)
    if span is None:
        return f"It does not permit to {activity.label}."
    if exhibit not in grounds.exhibits:
        return f"It does not name {exhibit}."
    if at < span.start:
        return f"Its permission to {activity.label} begins only on {span.start:%Y-%m-%d %H:%M} UTC."
    if at >= span.end:
        return f"Its permission to {activity.label} ended on {span.end:%Y-%m-%d %H:%M} UTC."
    return None
