"""The demo's cases, each by its verbs on its day; telephone numbers are those that Ofcom keeps for drama."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from docket import CALLS, CASES, NAMES, SUPERVISED_BY, TAKEN_IN_BY, Stood, Told
from people import INSPECTOR, KADAVU_INSPECTOR, KADAVU_SUPERVISOR, SUPERVISOR
from story import Story, World
from work import bring_to_safety, do_tasks, give_tasks, meet_limits

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report


def stories(world: World) -> Iterator[Story]:
    """Every case's, and what was done to several of them together."""
    yield from (_case(world, told, number) for number, told in enumerate(CASES, 100))
    yield from (_calls(world, *calls) for calls in CALLS)
    yield _rearranged(world)
    yield _believed(world)


def number_cases(world: World) -> None:
    """Each unit's supervisor opens its series."""
    from kavalan.casework.cases.services import open_series

    for badge, prefix in ((SUPERVISOR, "MLD"), (KADAVU_SUPERVISOR, "KDV")):
        open_series(world.officers[badge], world.at, prefix=prefix)


def _case(world: World, told: Told, number: int) -> Story:
    """A call, the case that it opens, and what became of it, each on its day."""
    # Not all at one time of the day.
    hours = number % 8 / 24
    yield told.days + 1 + hours
    report = _call(world, told.by, told.account, told.district, number)
    yield told.days + hours
    _open(world, told, report)
    for days, done in sorted(_later(world, told), key=lambda one: -one[0]):
        yield days + hours
        done()


def _call(world: World, by: str, account: str, district: str, number: int) -> Report:
    """A call that names an account of somebody who is reported, and a telephone, taken at the unit's desk."""
    from kavalan.casework.intake.rules import Form
    from kavalan.casework.intake.services import enter_report
    from kavalan.casework.intake.typed import Typed
    from kavalan.tips import Account, Passage, Person, Tip

    taker = TAKEN_IN_BY[by]
    reported = Person(
        role="reported",
        account=Account(service="Example Messenger", id=account, screen_name=account),
        addresses=(NAMES[district],),
        phones=(f"+447700900{number}",),
    )
    words = Passage("What was said", "The caller read the account's name from the screen, and the number below it.")
    tip = Tip(form="phone", platform="Example Messenger", persons=(reported,), passages=(words,))
    typed = Typed(Form.PHONE, tip, world.at - timedelta(minutes=30))
    return enter_report(world.officers[taker], world.at, desk=world.desks[taker], typed=typed)


def _calls(world: World, by: str, district: str, count: int) -> Story:
    """One a fortnight, about another account each; what the law wants within a day is done."""
    for number in range(count, 0, -1):
        yield number * 14 + number % 5 / 10
        report = _call(world, by, f"{NAMES[district].casefold()}.{number}", district, 200 + number)
        meet_limits(world.officers[by], world.at, report)


def _open(world: World, told: Told, report: Report) -> None:
    from kavalan.casework.cases.rules import NumberKind
    from kavalan.casework.cases.services import add_charge, add_number, join, name_lead, open_case, plan_tasks
    from kavalan.casework.triage.services import take_report

    officer, head = world.officers[told.by], world.officers[SUPERVISED_BY[told.by]]
    take_report(officer, world.at, report=report)
    case = world.cases[told.key] = open_case(officer, world.at, title=told.title, district=told.district)
    join(officer, world.at, case=case, joined=report, reason="the call with which it began")
    name_lead(head, world.at, case=case, lead=officer)
    for act, section in told.sections:
        add_charge(officer, world.at, case=case, charged=act, section=section)
    for kind, number in told.numbers:
        add_number(officer, world.at, case=case, kind=NumberKind(kind), number=number)
    meet_limits(officer, world.at - timedelta(hours=1), report)
    if told.plan:
        plan_tasks(officer, world.at, case=case, template=told.plan)
        give_tasks(officer, world.at, case)


def _later(world: World, told: Told) -> Iterator[tuple[float, Callable[[], None]]]:
    """Days, and what is done then."""
    yield from ((stood.days, partial(_stand, world, told, stood)) for stood in told.stages)
    if told.note:
        yield told.days - 0.5, partial(_note, world, told)
    if told.plan:
        yield told.days * 0.6, partial(_do_tasks, world, told)
    for number, name in enumerate(told.children):
        yield told.days * 0.8 - number, partial(_bring_to_safety, world, told, name)


def _stand(world: World, told: Told, stood: Stood) -> None:
    from kavalan.casework.cases.rules import Outcome, Stage
    from kavalan.casework.cases.services import Reached, reach_stage

    outcome = Outcome(stood.outcome) if stood.outcome else None
    # What happened is entered some hours later, as it is.
    reached = Reached(Stage(stood.stage), world.at - timedelta(hours=3), outcome, stood.reason)
    reach_stage(world.officers[told.by], world.at, case=world.cases[told.key], reached=reached)


def _do_tasks(world: World, told: Told) -> None:
    do_tasks(world.officers[told.by], world.at, world.cases[told.key], left=told.left)


def _bring_to_safety(world: World, told: Told, name: str) -> None:
    bring_to_safety(world.officers[told.by], world.at, world.cases[told.key], name)


def _note(world: World, told: Told) -> None:
    from kavalan.casework.cases.rules import Marking
    from kavalan.casework.cases.services import write_note

    case = world.cases[told.key]
    write_note(world.officers[told.by], world.at, case=case, text=told.note, marking=Marking.AMBER)


def _rearranged(world: World) -> Story:
    """Two cases of one school become one, a case of two households two; a case of each unit are related."""
    from kavalan.casework.access.models import Role
    from kavalan.casework.access.services import grant
    from kavalan.casework.cases.services import join, link_cases, merge_cases, split_case

    asha, cases = world.officers[INSPECTOR], world.cases
    yield 28
    merge_cases(asha, world.at, into=cases["arrest"], merged=[cases["twin"]], reason="one school, one account")
    yield 26
    second = _call(world, INSPECTOR, CASES[-1].account, CASES[-1].district, 140)
    meet_limits(asha, world.at, second)
    part = join(asha, world.at, case=cases["wide"], joined=second, reason="the same connection")
    yield 24
    title = "The second household on one connection"
    world.cases["split"] = split_case(
        asha, world.at, case=cases["wide"], parts=[part], title=title, reason="not of one home"
    )
    yield 20
    rema, leela = world.officers[KADAVU_INSPECTOR], world.officers[SUPERVISOR]
    basheer = world.officers[KADAVU_SUPERVISOR]
    # Each inspector is let in at the other's case before the two can be related.
    grant(leela, world.at, compartment=cases["charged"].compartment, to=rema, role=Role.INVESTIGATOR)
    grant(basheer, world.at, compartment=cases["investigation"].compartment, to=asha, role=Role.INVESTIGATOR)
    yield 19
    link_cases(rema, world.at, case=cases["investigation"], other=cases["charged"], reason="the handle is spelt alike")


def _believed(world: World) -> Story:
    """Somebody may hold two accounts, or may not; an order let the unit watch one of them for a while, and lapsed."""
    from kavalan.casework.authority.rules import Account, Activity, Grounds, Kind, Span
    from kavalan.casework.authority.services import record_authority
    from kavalan.casework.intake.models import Report
    from kavalan.casework.routing.seen import Identifier
    from kavalan.casework.subjects.linking import Claim
    from kavalan.casework.subjects.rules import Certainty, Outcome, Side
    from kavalan.casework.subjects.services import (
        add_evidence,
        begin_watch,
        end_watch,
        link_account,
        open_subject,
        renew_watch,
    )
    from kavalan.casework.subjects.services.hypotheses import Hypothesis
    from kavalan.casework.subjects.services.watches import Found, Terms

    asha, leela = world.officers[INSPECTOR], world.officers[SUPERVISOR]
    yield 100
    case = world.cases["charged"]
    report = Report.objects.get(pk=case.parts.earliest("pk").object_id)
    account, phone = Identifier("account", "example messenger river.reed"), Identifier("phone", "+447700900103")
    said = Hypothesis(
        "The account and the telephone are one person's, who takes the money for the group.",
        "The telephone may be a shop's, on which several people take payments for others.",
    )
    likely = Claim(None, None, Certainty.LIKELY, "both stand in one call")
    subject = open_subject(asha, world.at, case=case, hypothesis=said, account=account, claim=likely, rests_on=report)
    link_account(asha, world.at, subject=subject, account=phone, claim=likely, rests_on=report)
    for side, text in (
        (Side.FOR, "Payments and messages fall into the same hours."),
        (Side.AGAINST, "On two days the telephone was in another town than the account's address."),
    ):
        add_evidence(asha, world.at, subject=subject, side=side, text=text, points_at=report)
    yield 90
    reach = Grounds(
        {Activity.WATCH: Span(world.at, world.at + timedelta(days=60))},
        frozenset(),
        frozenset({Account(phone.kind, phone.value)}),
    )
    order = record_authority(asha, world.at, kind=Kind.PRODUCTION_ORDER, reference="PO 41/2026, Malanad", grounds=reach)
    link = subject.accounts.get(indicator__kind="phone")
    terms = Terms("whether the telephone is named again", [asha, leela], world.at + timedelta(days=30))
    begin_watch(asha, order, link, world.at, terms=terms)
    yield 62
    again = Terms("another month, as the court allowed", [asha, leela], world.at + timedelta(days=30))
    found = Found(Outcome.USEFUL, "one report more named it")
    watch = renew_watch(leela, order, link, world.at, terms=again, found=found)
    yield 30
    end_watch(asha, world.at, watch=watch, found=Found(Outcome.NOT_USEFUL, "nothing more came; the order has lapsed"))
