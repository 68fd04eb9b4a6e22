"""What the demo's officers have done today with the reports of the month, and what they left for whoever signs in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from people import COORDINATOR, INSPECTOR, INTAKE, KADAVU, KADAVU_INSPECTOR, MALANAD
from story import World

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report

SEEN, ASIDE = 3, 6
"""How many urgent reports were acknowledged, and how many worthless ones set aside."""


def work_through(world: World) -> None:
    """Acknowledge, set aside, undo, flag, open a case, hand over, ask; each by its verb."""
    _urgent(world)
    _set_aside(world)
    _undo(world)
    _open_case(world)
    _hand_over(world)
    _ask(world)


def _urgent(world: World) -> None:
    from kavalan.casework.triage.models import Urgent
    from kavalan.casework.triage.services import acknowledge_urgent

    desk = world.desks[INTAKE]
    waiting = Urgent.objects.filter(report__desk=desk, acknowledged_at__isnull=True).select_related("report")
    for urgent in waiting.order_by("pk")[:SEEN]:
        acknowledge_urgent(world.officers[INTAKE], world.at, urgent=urgent, note="the provider is asked by telephone")


def _set_aside(world: World) -> None:
    from kavalan.casework.intake.models import Report
    from kavalan.casework.triage.services import set_aside_report

    lowest = Report.objects.filter(desk=world.desks[INTAKE], lane="ordinary", standing="open").order_by("risk", "pk")
    for report in lowest[:ASIDE]:
        set_aside_report(world.officers[INTAKE], world.at, report=report, reason="names nobody and nothing new")


def _undo(world: World) -> None:
    """Two reports have one number, and each names another child."""
    from kavalan.casework.triage.models import Duplicate
    from kavalan.casework.triage.services import undo_duplicate

    mark = Duplicate.objects.filter(report__desk=world.desks[INTAKE], in_force=True).first()
    if mark is not None:
        undo_duplicate(world.officers[INTAKE], world.at, duplicate=mark, reason="each speaks of another child")


def _open_case(world: World) -> None:
    """The first urgent report begins a case, which is under inquiry."""
    from kavalan.casework.cases.services import join, open_case, plan_tasks
    from kavalan.casework.intake.models import Report
    from kavalan.casework.triage.services import take_report

    asha = world.officers[INSPECTOR]
    acknowledged = Report.objects.filter(desk=world.desks[INTAKE], lane="urgent", standing="open")
    report = acknowledged.filter(urgent__acknowledged_at__isnull=False).order_by("pk").first()
    if report is None:
        return
    take_report(asha, world.at, report=report)
    case = world.cases["new"] = open_case(asha, world.at, title="Haste asked for by a provider", district="in-32-596")
    join(asha, world.at, case=case, joined=report)
    plan_tasks(asha, world.at, case=case, template="new-report")


def _hand_over(world: World) -> None:
    """The association hands one report over, which the police accept; another waits, and one goes to Kadavu."""
    from kavalan.casework.intake.models import Report
    from kavalan.casework.routing.services import accept_transfer, offer_transfer
    from kavalan.casework.routing.services.transfers import Receiver

    nila, police = world.officers[COORDINATOR], Receiver(MALANAD, world.desks[INTAKE])
    first, second = (_tell_trust(world, number) for number in (160, 161))
    offered = offer_transfer(nila, world.at, report=first, to=police, reason="an offence; the trust only listens")
    accept_transfer(world.officers[INTAKE], world.at, transfer=offered)
    offer_transfer(nila, world.at, report=second, to=police, reason="the same telephone as before")
    report = Report.objects.filter(desk=world.desks[INTAKE], lane="ordinary", standing="open").latest("pk")
    kadavu = Receiver(KADAVU, world.desks[KADAVU_INSPECTOR])
    offer_transfer(world.officers[INTAKE], world.at, report=report, to=kadavu, reason="the account is known there")


def _tell_trust(world: World, number: int) -> Report:
    """Somebody walks in at the association and does not want to be named."""
    from kavalan.casework.intake.rules import Form
    from kavalan.casework.intake.services import enter_report
    from kavalan.casework.intake.typed import Typed
    from kavalan.tips import Person, Tip

    reported = Person(role="reported", phones=(f"+447700900{number}",), addresses=("Idukki",))
    witness = Person(role="reporter", name="Devi Nadodi", phones=("+447700900199",))
    tip = Tip(form="walk_in", persons=(reported, witness))
    typed = Typed(Form.WALK_IN, tip, world.at - timedelta(hours=1), {"child_reports": False})
    return enter_report(world.officers[COORDINATOR], world.at, desk=world.desks[COORDINATOR], typed=typed)


def _ask(world: World) -> None:
    """Kadavu's inspector asks whether others know a telephone; Malanad has not answered yet."""
    from kavalan.casework.routing.seen import Identifier
    from kavalan.casework.routing.services import ask_others

    sought = [Identifier("phone", "+447700900104")]
    ask_others(world.officers[KADAVU_INSPECTOR], world.at, identifiers=sought, report=None, reason="a case of ours")
