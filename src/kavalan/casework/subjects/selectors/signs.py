"""On which days what is open to an officer names an account, and where it may have passed to another holder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.access.selectors import visible
from kavalan.casework.intake.models import Naming, Report
from kavalan.casework.subjects.rules import Gap, gaps, reissue_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.subjects.models import AccountLink

MOST_SIGNS = 1000


@dataclass(frozen=True, slots=True)
class Sign:
    """A report names the account; the day is that of the naming, else when the sender had it, else when it arrived."""

    day: date
    report: Report


def signs_of(link: AccountLink, officer: Officer, now: datetime) -> Sequence[Sign]:
    """The reports open to the officer that name the account, by day; the newest thousand."""
    seen = Naming.objects.filter(visible(Report, officer, now, "report_id"), indicator=link.indicator_id)
    rows = seen.select_related("report").defer("report__tip", "report__answers").order_by("-report_id")[:MOST_SIGNS]
    found = {}
    for naming in rows:
        at = naming.at or naming.report.received_at or naming.report.arrived_at
        sign = Sign(timezone.localdate(at), naming.report)
        found[sign.day, naming.report_id] = sign
    return [found[key] for key in sorted(found)]


def gaps_of(link: AccountLink, officer: Officer, now: datetime) -> list[Gap]:
    """Where the rule for its kind says that the account may have passed on, within the days of the link."""
    rule = reissue_of(link.indicator.kind) if link.indicator else None
    if rule is None:
        return []
    days = [sign.day for sign in signs_of(link, officer, now)]
    begun = [day for day in days if link.since is None or link.since <= day]
    return gaps([day for day in begun if link.until is None or day <= link.until], rule.gap)
