"""The demo's cases: one in every state there is, in two units and several districts, each by its verbs on its day.

Numbers, places and people are invented; telephone numbers are those that Ofcom keeps for drama.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from people import INSPECTOR, INTAKE, KADAVU_INSPECTOR, KADAVU_SUPERVISOR, SUPERVISOR
from story import Story, World

if TYPE_CHECKING:
    from kavalan.casework.intake.models import Report

OPENED = 240.0
"""Days ago on which the units begin to work at this desk."""
IDUKKI, KOTTAYAM, ERNAKULAM, ALAPPUZHA, KOLLAM = (f"in-32-{number}" for number in (596, 597, 595, 598, 600))
SUPERVISED_BY = {INSPECTOR: SUPERVISOR, KADAVU_INSPECTOR: KADAVU_SUPERVISOR}
TAKEN_IN_BY = {INSPECTOR: INTAKE, KADAVU_INSPECTOR: KADAVU_INSPECTOR}


@dataclass(frozen=True, slots=True)
class Stood:
    """To which stage a case came, how many days ago, and how and why where it ended."""

    days: float
    stage: str
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A case as the demo tells it.

    Attributes:
        key: the demo's own name for it.
        by: badge of the investigator.
        title: as the case has it; names nobody.
        district: where, by the routing tables.
        days: how many days ago it was opened, on a call that was taken the day before.
        account: of whoever was reported, in the call.
        stages: to which it came.
        numbers: of others, each with its kind.
        sections: charged, as act and section.
        plan: the template of its tasks.
        note: somebody's, a day later.
    """

    key: str
    by: str
    title: str
    district: str
    days: float
    account: str
    stages: Sequence[Stood] = ()
    numbers: Sequence[tuple[str, str]] = ()
    sections: Sequence[tuple[str, str]] = ()
    plan: str = ""
    note: str = ""


CASES = (
    Told(
        "convicted",
        INSPECTOR,
        "Uploads from a shop's connection",
        IDUKKI,
        230,
        "lantern.shop",
        (
            Stood(229, "registered"),
            Stood(222, "investigation"),
            Stood(201, "arrest"),
            Stood(160, "charged"),
            Stood(21, "convicted", reason="judgment of the Special Court"),
        ),
        (("fir", "114/2026"), ("court", "SC 31/2026"), ("cctns", "32596-114-2026")),
        (("it-act", "67B"), ("pocso", "15(2)")),
        note="The router's log and the shop's book of shifts name the same hours.",
    ),
    Told(
        "acquitted",
        INSPECTOR,
        "Files sent through a borrowed telephone",
        KOTTAYAM,
        225,
        "copper.kettle",
        (
            Stood(223, "registered"),
            Stood(205, "arrest"),
            Stood(170, "charged"),
            Stood(15, "acquitted", "not_proved", "who held the telephone that evening stayed open"),
        ),
        (("fir", "118/2026"), ("court", "SC 34/2026")),
        (("pocso", "15(1)"),),
    ),
    Told(
        "closed",
        INSPECTOR,
        "A report that named a closed account",
        IDUKKI,
        150,
        "paper.kite",
        (Stood(146, "registered"), Stood(64, "closed", "untraced", "the provider kept nothing of these days")),
        (("fir", "160/2026"), ("portal", "32108260001142")),
    ),
    Told(
        "charged",
        INSPECTOR,
        "A closed group that traded for money",
        ERNAKULAM,
        120,
        "river.reed",
        (Stood(119, "registered"), Stood(110, "investigation"), Stood(58, "arrest"), Stood(9, "charged")),
        (("fir", "171/2026"), ("fsl", "FSL 288/2026"), ("esakshya", "SID-2026-071123")),
        (("it-act", "67B"), ("pocso", "14(1)"), ("pocso", "15(3)")),
        "seized-things",
        "Two sellers are named by the same payments; one of them may be a victim, too.",
    ),
    Told(
        "arrest",
        INSPECTOR,
        "Threats with pictures, told by a school",
        IDUKKI,
        40,
        "brass.bell",
        (Stood(39, "registered"), Stood(38, "investigation"), Stood(6, "arrest")),
        (("fir", "203/2026"), ("ncrb_tip", "T-2026-55102")),
        (("it-act", "67B"), ("bns", "351(3)")),
        "new-report",
    ),
    Told(
        "investigation",
        KADAVU_INSPECTOR,
        "One account behind many short-lived ones",
        ERNAKULAM,
        75,
        "river.reed2",
        (Stood(74, "registered"), Stood(70, "investigation")),
        (("fir", "88/2026"), ("portal", "32108260002207")),
        (("it-act", "67B"),),
        "new-report",
        "The handle is spelt as in a case of another unit.",
    ),
    Told(
        "registered",
        KADAVU_INSPECTOR,
        "Addresses that a hotline sent",
        ALAPPUZHA,
        18,
        "blue.ferry",
        (Stood(17, "registered"),),
        (("fir", "97/2026"),),
        (("it-act", "67B"),),
        "new-report",
    ),
    Told("inquiry", KADAVU_INSPECTOR, "A caller who saw a group's invitation", KOLLAM, 3, "green.parrot"),
    Told("twin", INSPECTOR, "A second report of the school's threats", IDUKKI, 30, "brass.bell"),
    Told(
        "wide",
        INSPECTOR,
        "Two households on one connection",
        KOTTAYAM,
        55,
        "white.heron",
        (Stood(54, "registered"), Stood(52, "investigation")),
        (("fir", "188/2026"),),
        (("it-act", "67B"),),
    ),
)


def stories(world: World) -> Iterator[Story]:
    """Every case's, and what was done to several of them together."""
    yield from (_case(world, told, number) for number, told in enumerate(CASES, 100))
    yield _rearranged(world)
    yield _believed(world)


def number_cases(world: World) -> None:
    """Each unit's supervisor opens its series."""
    from kavalan.casework.cases.services import open_series

    for badge, prefix in ((SUPERVISOR, "MLD"), (KADAVU_SUPERVISOR, "KDV")):
        open_series(world.officers[badge], world.at, prefix=prefix)


def _case(world: World, told: Told, number: int) -> Story:
    """A call, the case that it opens, and what became of it, each on its day."""
    yield told.days + 1
    report = _call(world, told, number)
    yield told.days
    _open(world, told, report)
    for days, done in sorted(_later(world, told), key=lambda one: -one[0]):
        yield days
        done()


def _call(world: World, told: Told, number: int) -> Report:
    """A call that names an account of somebody who is reported, and a telephone, taken at the unit's desk."""
    from kavalan.casework.intake.rules import Form
    from kavalan.casework.intake.services import enter_report
    from kavalan.casework.intake.typed import Typed
    from kavalan.tips import Account, Passage, Person, Tip

    taker = TAKEN_IN_BY[told.by]
    reported = Person(
        role="reported",
        account=Account(service="Example Messenger", id=told.account, screen_name=told.account),
        phones=(f"+447700900{number}",),
    )
    words = Passage("What was said", "The caller read the account's name from the screen, and the number below it.")
    tip = Tip(form="phone", platform="Example Messenger", persons=(reported,), passages=(words,))
    typed = Typed(Form.PHONE, tip, world.at - timedelta(minutes=30))
    return enter_report(world.officers[taker], world.at, desk=world.desks[taker], typed=typed)


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
    if told.plan:
        plan_tasks(officer, world.at, case=case, template=told.plan)


def _later(world: World, told: Told) -> Iterator[tuple[float, Callable[[], None]]]:
    """Days, and what is done then."""
    yield from ((stood.days, partial(_stand, world, told, stood)) for stood in told.stages)
    if told.note:
        yield told.days - 0.5, partial(_note, world, told)


def _stand(world: World, told: Told, stood: Stood) -> None:
    from kavalan.casework.cases.rules import Outcome, Stage
    from kavalan.casework.cases.services import Reached, reach_stage

    outcome = Outcome(stood.outcome) if stood.outcome else None
    # What happened is entered some hours later, as it is.
    reached = Reached(Stage(stood.stage), world.at - timedelta(hours=3), outcome, stood.reason)
    reach_stage(world.officers[told.by], world.at, case=world.cases[told.key], reached=reached)


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
    second = _call(world, CASES[-1], 140)
    part = join(asha, world.at, case=cases["wide"], joined=second, reason="the same connection")
    yield 24
    title = "The second household on one connection"
    world.cases["split"] = split_case(
        asha, world.at, case=cases["wide"], parts=[part], title=title, reason="not of one home"
    )
    yield 20
    rema, leela = world.officers[KADAVU_INSPECTOR], world.officers[SUPERVISOR]
    # The other unit's inspector is let in before the two cases can be related.
    grant(leela, world.at, compartment=cases["charged"].compartment, to=rema, role=Role.INVESTIGATOR)
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
