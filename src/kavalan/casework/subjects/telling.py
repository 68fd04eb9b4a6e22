"""Telling named officers that newly taken in reports name a watched account: in bulk, and only then.

Nothing asks by itself: what takes reports in calls this with what it has just taken in (`intake.entering`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kavalan.casework.access.selectors import visible
from kavalan.casework.authority.rules import Activity, KnownAccount, refusal
from kavalan.casework.authority.selectors import ask, grounds_of
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Naming
from kavalan.casework.subjects.models import AccountLink, Subject, Told, Watch
from kavalan.casework.subjects.protected import protected_among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.intake.models import Report

WRITES: Final = (Told,)
"""What telling writes: a step that tells lists these."""


def tell(reports: Sequence[Report], at: datetime) -> int:
    """Tell whoever a watch tells of what these reports name; part of the verb or step that takes them in.

    One query, whatever their number, where no watch concerns them. Where one does, its authority is asked again at this
    moment, and nothing is told after its end, of a closed hypothesis, of an account that is not thought to be the
    subject's any more, of a possible child's, or to somebody who may not see the subject any more. What another unit
    took in is told to nobody here: units ask each other (`routing`).

    Args:
        reports: saved, with what they name, and after who may be a child among those reported is known.
        at: aware UTC.

    Returns:
        How many officers were told something.
    """
    named: dict[int, set[int]] = {}
    for watch, report in _concerned(reports, at):
        named.setdefault(watch, set()).add(report)
    if not named:
        return 0
    rows = [
        Told(watch=watch, report_id=report, officer=officer, told_at=at)
        for watch, officers in _telling(list(named), at)
        for report in sorted(named[watch.pk])
        for officer in officers
    ]
    Told.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def halted(watches: Sequence[Watch], at: datetime) -> Mapping[int, str]:
    """Why watches that are in force tell nothing now, by their numbers; the others are left out. Two queries.

    Args:
        watches: with their subjects, indicators, and authorities with their permits.
        at: aware UTC.
    """
    found = [watch for watch in watches if watch.in_force(at)]
    protected = protected_among([watch.indicator_id for watch in found if watch.indicator_id])
    linked = _linked(found, at)
    told = {watch.pk: _barred(watch, protected, linked) or _lapsed(watch, at) for watch in found}
    return {number: why for number, why in told.items() if why}


def _concerned(reports: Sequence[Report], at: datetime) -> Iterator[tuple[int, int]]:
    """Numbers of a watch in force and a report that names its account."""
    rows = Naming.objects.filter(
        report__in=[report.pk for report in reports],
        indicator__watches__ended_at__isnull=True,
        indicator__watches__until__gt=at,
        indicator__watches__authority__unit=F("report__desk__unit"),
    )
    yield from rows.values_list("indicator__watches", "report").distinct()


def _telling(numbers: Sequence[int], at: datetime) -> Iterator[tuple[Watch, list[Officer]]]:
    watches = Watch.objects.filter(pk__in=numbers).select_related("subject", "authority", "indicator", "begun_by__unit")
    found = list(watches.prefetch_related("watchers__officer", "authority__permits").order_by("pk"))
    barred = halted(found, at)
    for watch in found:
        if watch.pk not in barred and _is_permitted(watch, at):
            yield watch, [one.officer for one in watch.watchers.all() if _may_be_told(one.officer, watch.subject, at)]


def _barred(watch: Watch, protected: Collection[int], linked: Collection[tuple[int, int | None]]) -> str:
    if watch.indicator_id is None or watch.indicator_id in protected:
        return _("A report names the account as that of somebody who becomes no subject.")
    if watch.subject.closed_at is not None:
        return _("The hypothesis is closed.")
    if (watch.subject_id, watch.indicator_id) not in linked:
        return _("The account is not thought to be the subject’s any more.")
    return ""


def _linked(watches: Sequence[Watch], at: datetime) -> set[tuple[int, int | None]]:
    """Subjects and accounts that are thought to be theirs on this day."""
    today = timezone.localdate(at)
    links = AccountLink.objects.filter(subject__in=[watch.subject_id for watch in watches], ended_at__isnull=True)
    return {(link.subject_id, link.indicator_id) for link in links if link.on(today)}


def _lapsed(watch: Watch, at: datetime) -> str:
    if watch.authority.withdrawn_at is not None:
        return _("Its authority was withdrawn.")
    return refusal(grounds_of(watch.authority), Activity.WATCH, _known(watch), at) or ""


def _is_permitted(watch: Watch, at: datetime) -> bool:
    """The authority is asked once more, as whoever acts asks it."""
    try:
        ask(watch.authority, watch.begun_by, Activity.WATCH, _known(watch), at)
    except RefusedError:
        return False
    return True


def _known(watch: Watch) -> KnownAccount:
    return KnownAccount(watch.indicator.kind, watch.indicator.value) if watch.indicator else KnownAccount("", "")


def _may_be_told(officer: Officer, subject: Subject, at: datetime) -> bool:
    seen = Subject.objects.filter(visible(Subject, officer, at), pk=subject.pk)
    return officer.is_active and seen.exists()
