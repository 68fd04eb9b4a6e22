"""Watches that an officer may see, what they told, and what waits for the officer of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from kavalan.casework.access.models import Grant
from kavalan.casework.access.selectors import visible
from kavalan.casework.accounts.models import Officer
from kavalan.casework.authority.models import Authority
from kavalan.casework.authority.rules import Activity
from kavalan.casework.authority.selectors import authorities_in_force, scope_of
from kavalan.casework.intake.models import Report
from kavalan.casework.subjects.models import AccountLink, Subject, Told, Watch
from kavalan.casework.subjects.protected import of_a_child

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

MOST_SHOWN = 100


def watches_for(officer: Officer, now: datetime) -> QuerySet[Watch]:
    """The watches of subjects that the officer may see, the newest first."""
    there = Watch.objects.filter(visible(Subject, officer, now, "subject_id"))
    named = ("subject__merged_into", "indicator", "authority", "begun_by__unit", "ended_by", "renews")
    return there.select_related(*named).prefetch_related("watchers__officer", "authority__permits").order_by("-pk")


def watch_for(officer: Officer, public_id: UUID, now: datetime) -> Watch | None:
    """One of them, or None: one answer for what is not there and what may not be seen."""
    return watches_for(officer, now).filter(public_id=public_id).first()


def told_by(watch: Watch) -> QuerySet[Told]:
    """Whom a watch told of what, the newest first."""
    return watch.told.select_related("officer", "report__desk__unit").order_by("-pk")[:MOST_SHOWN]


def told_for(officer: Officer, public_id: UUID) -> Told | None:
    """What the officer was told, or None: one answer for what is not there and what somebody else was told."""
    return Told.objects.filter(officer=officer, public_id=public_id).select_related("watch__subject").first()


def unread(officer: Officer) -> QuerySet[Told]:
    """What watches told the officer, who has not said yet that they know, the oldest first."""
    rows = Told.objects.filter(officer=officer, read_at__isnull=True)
    return rows.select_related("watch__subject", "report").order_by("pk")


def to_conclude(officer: Officer, now: datetime) -> QuerySet[Watch]:
    """Watches that the officer began and that are over, of which nobody has said what they were good for."""
    rows = Watch.objects.filter(begun_by=officer, outcome="").filter(Q(until__lte=now) | Q(ended_at__isnull=False))
    return rows.select_related("subject").order_by("until", "pk")


def ending(officer: Officer, now: datetime) -> QuerySet[Watch]:
    """Watches in force that end within a week, of subjects that the officer may see."""
    rows = Watch.objects.filter(visible(Subject, officer, now, "subject_id"), ended_at__isnull=True)
    return rows.filter(until__gt=now, until__lte=now + timedelta(days=7)).order_by("until", "pk")


def of_children(officer: Officer, now: datetime) -> QuerySet[Subject]:
    """Open hypotheses, seen by the officer, with an account that a report names as a possible child's or a victim's."""
    links = AccountLink.objects.filter(of_a_child(), ended_at__isnull=True)
    seen = Subject.objects.filter(visible(Subject, officer, now), closed_at__isnull=True)
    return seen.filter(pk__in=links.values("subject")).order_by("pk")


def authorities_for(link: AccountLink, officer: Officer, now: datetime) -> list[Authority]:
    """The authorities of the officer's unit that permit to watch now and name the account."""
    found = authorities_in_force(officer, Activity.WATCH, now).prefetch_related("permits")
    return [one for one in found[:MOST_SHOWN] if link.scope_reference().among(scope_of(one).accounts)]


def who_may_be_told(subject: Subject, now: datetime) -> list[Officer]:
    """The officers who were let in by name where a subject lies, by their names."""
    held = Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=now), compartment__in=subject.compartment_ids())
    units = held.filter(unit__isnull=False).values("unit")
    let_in = Q(pk__in=held.filter(officer__isnull=False).values("officer")) | Q(unit__in=units)
    return list(Officer.objects.filter(let_in, is_active=True).select_related("unit").order_by("name", "pk"))


def open_reports(officer: Officer, numbers: Collection[int], now: datetime) -> dict[int, Report]:
    """Of these reports those that the officer may see, by number."""
    seen = Report.objects.filter(visible(Report, officer, now), pk__in=numbers)
    return {report.pk: report for report in seen.defer("tip", "digest", "answers")}
