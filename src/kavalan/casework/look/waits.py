"""What waits for an officer: the first page leads to the next thing to do, and says when there is nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kavalan.casework.access.models import Role
from kavalan.casework.access.selectors import EXAMINERS, visible
from kavalan.casework.accounts.selectors import lasting_administrators
from kavalan.casework.approvals.selectors import waiting
from kavalan.casework.authority.models import Override
from kavalan.casework.clocks.duties import duty_list
from kavalan.casework.custody.selectors import offers_to, pressing
from kavalan.casework.exhibits.models import Exhibit
from kavalan.casework.intake.models import Delivery
from kavalan.casework.intake.rules import Form
from kavalan.casework.intake.selectors import desks_of
from kavalan.casework.jobs.models import State
from kavalan.casework.routing.selectors import open_transfers, unanswered
from kavalan.casework.triage.selectors.slice import to_answer
from kavalan.casework.triage.selectors.urgent import told_on_to
from kavalan.casework.triage.selectors.urgent import waiting as unacknowledged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from kavalan.casework.accounts.models import Officer
    from kavalan.casework.authority.models import Permit
    from kavalan.casework.clocks.duties import Duty
    from kavalan.casework.intake.models import Desk

NAMED = 3
"""How many things of one sort are named; the others are counted."""
_READ = 50


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that waits, and where it is done."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Wait:
    """What waits of one sort.

    Attributes:
        what: must be done.
        ways: to the first of them.
        more: of them, which are not named.
        urgent: somebody should have done it already, or work has stopped.
    """

    what: str
    ways: Sequence[Way]
    more: int = 0
    urgent: bool = False


def waits_for(officer: Officer, lapsing: Sequence[Permit], now: datetime) -> list[Wait]:
    """What waits for the officer, the urgent first; a bounded number of queries, whatever there is.

    Args:
        officer: who looks.
        lapsing: the permits that end soon, as `authority.selectors.lapsing` gives them.
        now: aware UTC.
    """
    found = [*_overrides(officer, now), *_answers(officer, now), *_exhibits(officer, now)]
    found += [*_permits(lapsing), *_people(officer, now)]
    found += [*_clocks(officer, now), *_custody(officer, now), *_elsewhere(officer, now)]
    # Who works at no desk is not asked for what only those do who work at one.
    if desks := list(desks_of(officer, now)):
        found = [*_urgent(officer, now), *_deliveries(desks), *found, *_routing(officer, now), *_slice(officer, now)]
    return sorted(found, key=lambda wait: not wait.urgent)


def _overrides(officer: Officer, now: datetime) -> Iterator[Wait]:
    there = visible(Exhibit, officer, now, "exhibit_id", {Role.SUPERVISOR})
    unread = Override.objects.filter(there, approved__isnull=True).exclude(declared_by=officer)
    held = list(unread.select_related("exhibit").order_by("declared_at", "pk")[:_READ])
    ways = [Way(one.exhibit.reference, reverse("overrides", args=[one.exhibit.public_id])) for one in held]
    late = any(one.review_due <= now for one in held)
    yield from _wait(_("An emergency override that you review"), ways, urgent=late)


def _answers(officer: Officer, now: datetime) -> Iterator[Wait]:
    number = len(waiting(officer, now))
    if number:
        text = ngettext("%(number)d question", "%(number)d questions", number) % {"number": number}
        yield Wait(_("Asked by others, answered by you"), [Way(text, reverse("approvals"))])


def _exhibits(officer: Officer, now: datetime) -> Iterator[Wait]:
    stopped = Q(scan__state__in=(State.REFUSED, State.FAILED))
    there = visible(Exhibit, officer, now, roles=EXAMINERS)
    todo = Exhibit.objects.filter(there, stopped | Q(scan__isnull=True)).select_related("scan").order_by("-pk")
    exhibits = list(todo[:_READ])
    for what, urgent, some in (
        (_("A scan that stopped"), True, [one for one in exhibits if one.scan]),
        (_("Registered, not scanned yet"), False, [one for one in exhibits if not one.scan]),
    ):
        ways = [Way(one.reference, reverse("exhibit", args=[one.public_id])) for one in some]
        yield from _wait(what, ways, urgent=urgent)


def _deliveries(desks: Sequence[Desk]) -> Iterator[Wait]:
    stopped = Q(job__state__in=(State.REFUSED, State.FAILED))
    waiting = Q(job__isnull=True, form=Form.TABLE)
    deliveries = list(Delivery.objects.filter(stopped | waiting, desk__in=desks).order_by("-pk")[:_READ])
    for what, urgent, some in (
        (_("A delivery that was not read to its end"), True, [one for one in deliveries if one.job_id]),
        (_("A table that waits for the meaning of its columns"), False, [one for one in deliveries if not one.job_id]),
    ):
        ways = [Way(str(one), reverse("delivery", args=[one.public_id])) for one in some]
        yield from _wait(what, ways, urgent=urgent)


def _clocks(officer: Officer, now: datetime) -> Iterator[Wait]:
    duties = duty_list(officer, now)
    for what, urgent in ((_("A time limit of the law that has passed"), True), (_("A time limit of the law"), False)):
        counts = [(duty, duty.late if urgent else duty.count - duty.late) for duty in duties]
        ways = [_duty(duty, count, late=urgent) for duty, count in counts if count]
        # All are named: the law has a handful of them, and each leads to its own list.
        yield from [Wait(what, ways, urgent=urgent)] if ways else []


def _duty(duty: Duty, count: int, *, late: bool) -> Way:
    query = {"limit": duty.first.limit.id} | ({"late": "1"} if late else {})
    number = f"{count}+" if duty.more else f"{count}"
    return Way(f"{duty.first.limit.provision}: {number}", f"{reverse('clocks')}?{urlencode(query)}")


def _custody(officer: Officer, now: datetime) -> Iterator[Wait]:
    offered = offers_to(officer, now)
    ways = [
        Way(_("from %(giver)s") % {"giver": one.from_whom}, reverse("hand-over", args=[one.public_id]))
        for one in offered
    ]
    yield from _wait(_("A hand-over that you accept"), ways, urgent=True)
    gaps, late, unanswered = pressing(officer, now)
    for what, some in (
        (_("A gap in the custody of a thing"), gaps),
        (_("A laboratory that is late"), late),
    ):
        yield from _wait(
            what, [Way(one.reference, reverse("device", args=[one.public_id])) for one in some], urgent=True
        )
    ways = [
        Way(_("to %(taker)s") % {"taker": one.to_whom}, reverse("hand-over", args=[one.public_id]))
        for one in unanswered
    ]
    yield from _wait(_("A hand-over that nobody has accepted"), ways, urgent=True)


def _routing(officer: Officer, now: datetime) -> Iterator[Wait]:
    offers = open_transfers(officer, now, _READ)
    for what, some in (
        (_("A report offered to you: accept or refuse it"), [one for one, came in offers if came]),
        (_("Offered to others, not accepted: still yours"), [one for one, came in offers if not came]),
    ):
        ways = [Way(f"{one.sender_reference}, {one.office}", reverse("transfer", args=[one.public_id])) for one in some]
        yield from _wait(what, ways)
    asked = [Way(str(one.inquiry.unit), reverse("inquiries")) for one in unanswered(officer, now, _READ)]
    yield from _wait(_("Another unit asks what you hold"), list(dict.fromkeys(asked)))


def _urgent(officer: Officer, now: datetime) -> Iterator[Wait]:
    rows = unacknowledged(officer, now)
    ways = [Way(one.report.reference, reverse("urgent-report", args=[one.public_id])) for one in rows[:NAMED]]
    if ways:
        what = _("An urgent report that nobody has acknowledged")
        yield Wait(what, ways, max(rows.count() - len(ways), 0), urgent=True)


def _elsewhere(officer: Officer, now: datetime) -> Iterator[Wait]:
    elsewhere = [Way(one.unit, reverse("urgent")) for one in told_on_to(officer, now)]
    yield from _wait(_("A unit that does not answer urgent reports"), elsewhere, urgent=True)


def _slice(officer: Officer, now: datetime) -> Iterator[Wait]:
    number = to_answer(officer, now).count()
    if number:
        text = ngettext("%(number)d report", "%(number)d reports", number) % {"number": number}
        yield Wait(_("Drawn from the low end, to be answered"), [Way(text, reverse("slice"))])


def _permits(lapsing: Sequence[Permit]) -> Iterator[Wait]:
    ways = dict.fromkeys(
        Way(str(permit.authority), reverse("authority", args=[permit.authority.public_id])) for permit in lapsing
    )
    yield from _wait(_("An authority that lapses soon"), list(ways))


def _people(officer: Officer, now: datetime) -> Iterator[Wait]:
    if list(lasting_administrators(now).values_list("pk", flat=True)[:2]) == [officer.pk]:
        yield Wait(
            _("You are the only administrator"), [Way(_("Give the role to a second officer"), reverse("people"))]
        )


def _wait(what: str, ways: Sequence[Way], *, urgent: bool = False) -> Iterator[Wait]:
    if ways:
        yield replace(Wait(what, ways[:NAMED], max(len(ways) - NAMED, 0)), urgent=urgent)
