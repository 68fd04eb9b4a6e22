"""Asking what other units hold, which is recorded and bounded, and answering."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from kavalan.casework.access.selectors import compartments_with, roles_in
from kavalan.casework.accounts.models import Unit
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Desk
from kavalan.casework.intake.rules import INTAKE
from kavalan.casework.routing.models import Asked, Held, Inquiry, Sought
from kavalan.casework.routing.rules import ask_limits
from kavalan.casework.routing.seen import Identifier, held_elsewhere, told_to_others
from kavalan.casework.routing.working import require_works
from kavalan.casework.said import required
from kavalan.casework.verbs import Done, HouseAct, house_verb

if TYPE_CHECKING:
    from collections.abc import Collection

    from kavalan.casework.intake.models import Naming, Report
    from kavalan.casework.routing.rules import Reply


@house_verb("indicator.ask")
def ask_others(
    act: HouseAct, *, identifiers: Collection[Identifier], report: Report | None, reason: str
) -> Done[Inquiry]:
    """Ask whether reports that the actor does not see name identifiers: the desks that hold such are told, and named.

    Args:
        act: somebody who works at an intake desk.
        identifiers: what is sought.
        report: the one that names them; None where they were typed.
        reason: read by those who are asked, so without a name.

    Raises:
        RefusedError: when the actor works at no desk, or not where the report lies; the report does not name one of
            them, or names a child by it; nothing or too much is asked; the day's inquiries are used up; or no reason
            is given.
    """
    wanted = sorted(set(identifiers))
    _require_may_ask(act, wanted, report)
    why = required(reason)
    # Locked, so that officers of one unit do not ask past its limit at once.
    Unit.objects.select_for_update().get(pk=act.officer.unit_id)
    _require_within_limits(act, len(wanted))
    inquiry = Inquiry.objects.create(
        unit=act.officer.unit, report=report, reason=why, asked_by=act.officer, asked_at=act.at
    )
    sought = {one: Sought.objects.create(inquiry=inquiry, kind=one.kind, value=one.value) for one in wanted}
    found = held_elsewhere(act.officer, wanted, act.at, ask_limits().reports)
    desks = {naming.report.desk_id: naming.report.desk for naming in found}
    asked = {pk: Asked.objects.create(inquiry=inquiry, desk=desk) for pk, desk in sorted(desks.items())}
    Held.objects.bulk_create((_held(naming, asked, sought) for naming in found), ignore_conflicts=True)
    return Done(
        inquiry,
        {
            "report": str(report.public_id) if report else None,
            "sought": [f"{one.kind} {one.value}" for one in wanted],
            "told": sorted({f"{one.report.desk.public_id} {one.report.public_id}" for one in found}),
            "reason": inquiry.reason,
        },
    )


@house_verb("inquiry.answer")
def answer_inquiry(act: HouseAct, *, asked: Asked, reply: Reply) -> Done[Asked]:
    """Answer a unit that asked: whether it is worth speaking with each other. A later answer stands in the ledger too.

    Raises:
        RefusedError: when the actor does not work at the desk that was asked.
    """
    asked = Asked.objects.select_for_update(of=("self",)).select_related("desk", "inquiry").get(pk=asked.pk)
    require_works(act, asked.desk)
    asked.reply, asked.answered_by, asked.answered_at = reply, act.officer, act.at
    asked.save(update_fields=["reply", "answered_by", "answered_at"])
    return Done(asked, {"inquiry": str(asked.inquiry.public_id), "reply": reply.value})


def _require_may_ask(act: HouseAct, wanted: Collection[Identifier], report: Report | None) -> None:
    if report is None:
        rooms = compartments_with(act.officer, INTAKE, act.at)
        if not Desk.objects.filter(compartment__in=rooms.values("pk")).exists():
            raise RefusedError("Only who works at an intake desk asks other units.")
        return
    if roles_in(act.officer, report.compartment_ids(), act.at).isdisjoint(INTAKE):
        raise RefusedError("Only who works on the report asks other units about it.")
    named = report.namings.filter(told_to_others()).values_list("indicator__kind", "indicator__value")
    if not set(wanted) <= {Identifier(kind, value) for kind, value in named}:
        raise RefusedError("Ask about what the report names, and not by what names a child or who reports.")


def _require_within_limits(act: HouseAct, number: int) -> None:
    limits = ask_limits()
    if not 0 < number <= limits.identifiers:
        raise RefusedError("Ask about one identifier at least and %(most)s at most.", most=limits.identifiers)
    local = timezone.localtime(act.at)
    today = Inquiry.objects.filter(
        unit=act.officer.unit_id, asked_at__gte=datetime.combine(local.date(), time(), local.tzinfo)
    )
    if today.filter(asked_by=act.officer).count() >= limits.officer_a_day:
        raise RefusedError("You have asked %(most)s times today; tomorrow again.", most=limits.officer_a_day)
    if today.count() >= limits.unit_a_day:
        raise RefusedError("Your unit has asked %(most)s times today; tomorrow again.", most=limits.unit_a_day)


def _held(naming: Naming, asked: dict[int, Asked], sought: dict[Identifier, Sought]) -> Held:
    identifier = Identifier(naming.indicator.kind, naming.indicator.value)
    report = naming.report
    return Held(asked=asked[report.desk_id], sought=sought[identifier], report=report, reference=report.reference)
