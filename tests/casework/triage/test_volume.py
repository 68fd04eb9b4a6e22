"""Five thousand reports, a thousand of them one sender's and worthless: the others keep their order."""

import random

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.access.models import Placement
from kavalan.casework.bulk import Prepared
from kavalan.casework.intake.forms.queries import ReportsQuery
from kavalan.casework.intake.models import Delivery, Person, Report
from kavalan.casework.intake.rules import Lane
from kavalan.casework.intake.selectors import report_page
from kavalan.casework.triage.likeness import WRITES as RELATED
from kavalan.casework.triage.likeness import relate
from kavalan.casework.triage.looking import WRITES, first_look
from kavalan.casework.triage.models import Urgent
from kavalan.casework.triage.selectors.urgent import waiting
from kavalan.casework.verbs import step
from kavalan.tips import Person as Told

from ..conftest import NOW
from .conftest import reported, tip

FLOODER = "Flood of Reports"
ENTICED = "Online Enticement of Children for Sexual Acts"
AT_ONCE = 200


def made_up(number, chance):
    """One report of many senders; one in a hundred asks for haste."""
    persons = [reported(f"u-{number}")] if chance.random() < 0.6 else []
    persons += [Told("victim", name=f"K-{2100 + number}/2026")] if chance.random() < 0.3 else []
    said = {
        "incident": ENTICED if chance.random() < 0.2 else "",
        "annotations": ("csamSolicitation",) if chance.random() < 0.1 else (),
        "escalation": "soon" if number % 100 == 0 else "",
        "sender": f"Service {number % 40}",
    }
    return tip(number, *persons, **said)


def worthless(number):
    """Says nothing, and asks for haste whenever it can."""
    return tip(f"F-{number}", sender=FLOODER, escalation="URGENT!!!" if number % 2 else "")


@step(Delivery, Report, Person, Placement)
def laid(desk, delivery, tips, first):
    rows = [
        Report(
            desk=desk,
            delivery=delivery,
            position=first + place,
            reference=f"R-{first + place}",
            form="cybertipline",
            sender=one.sender,
            sender_number=one.number,
            arrived_at=NOW,
            entered_at=NOW,
            tip=msgspec.to_builtins(one),
            digest=f"{first + place:032}".encode(),
        )
        for place, one in enumerate(tips)
    ]
    Prepared(Report, rows).insert()
    reports = list(Report.objects.filter(position__gte=first).select_related("desk__unit").order_by("position"))
    Prepared(Placement, [Placement(kind="intake.report", compartment=desk.compartment) for _ in reports]).insert(
        object_id=[one.pk for one in reports]
    )
    persons = [
        Person(report=report, number=number, role=person.role, told={})
        for report, one in zip(reports, tips, strict=True)
        for number, person in enumerate(one.persons)
    ]
    Prepared(Person, persons).insert()
    return reports


look_at = step(*WRITES, *RELATED)(lambda reports: (relate(reports, NOW), first_look(reports, NOW)))


@step(Delivery)
def delivery_at(desk):
    return Delivery.objects.create(desk=desk, form="cybertipline", via="upload", arrived_at=NOW, entered_at=NOW)


def take_in(desk, tips):
    """As deliveries are entered, two hundred at a time; how many queries each look asked."""
    delivery, asked = delivery_at(desk), []
    for first in range(0, len(tips), AT_ONCE):
        reports = laid(desk, delivery, tips[first : first + AT_ONCE], first)
        with CaptureQueriesContext(connection) as queries:
            look_at(reports)
        asked.append(len(queries))
    return asked


@pytest.fixture(scope="module")
def flood():
    """Four thousand of forty senders with a thousand of one sender among them."""
    chance = random.Random(6)  # noqa: S311 the same reports at each run
    others = [made_up(number, chance) for number in range(4000)]
    tips = [*others, *(worthless(number) for number in range(1000))]
    chance.shuffle(tips)
    return tips


def test_flood_of_one_sender_moves_nobody_elses_report(people, desk, flood):
    asked = take_in(desk, flood)
    assert max(asked) < 40
    # The second batch is the first that finds the rules there.
    assert len(set(asked[2:])) <= 2
    _others_keep_their_order(people.bob, flood)
    _urgent_ones_of_others_surface(people)
    assert Report.objects.filter(sender=FLOODER).count() == 1000


def pages_of(officer):
    """The list of reports as officers page through it."""
    after = ""
    while after is not None:
        page = report_page(officer, ReportsQuery({"after": str(after)}), NOW)
        yield from page.reports
        after = page.after


def _others_keep_their_order(officer, flood):
    """The order that each of the others would have had if the flooder had sent nothing, told from its own tip alone."""
    listed = list(pages_of(officer))
    assert len(listed) == len(flood)
    weight = {"incident": 30, "victim": 20, "annotations": 25}

    def rank(place):
        one = flood[place]
        risk = weight["incident"] * bool(one.incident) + weight["annotations"] * bool(one.annotations)
        risk += weight["victim"] * any(person.role == "victim" for person in one.persons)
        return (not one.escalation, -risk, -place)

    expected = sorted((place for place, one in enumerate(flood) if one.sender != FLOODER), key=rank)
    assert [report.position for report in listed if report.sender != FLOODER] == expected


def _urgent_ones_of_others_surface(people):
    """Forty asked for haste, and five hundred of the flooder's: all of the forty lead."""
    rows = list(waiting(people.bob, NOW)[:60])
    assert Urgent.objects.filter(report__sender=FLOODER).count() == 500
    assert Report.objects.exclude(sender=FLOODER).filter(lane=Lane.URGENT).count() == 40
    assert sum(row.report.sender != FLOODER for row in rows) == 40
