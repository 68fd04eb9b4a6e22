"""Reports at Alice's desk, where Bob takes reports in, as they stand right after they came in."""

import hashlib
from functools import partial

import msgspec
import pytest
from django.apps import apps

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant, place
from kavalan.casework.clocks.starting import start_for
from kavalan.casework.guard import writing
from kavalan.casework.intake.indicators import named_in
from kavalan.casework.intake.models import Delivery, Indicator, Naming, Person, Report, ReportFile
from kavalan.casework.triage.likeness import relate
from kavalan.casework.triage.looking import first_look
from kavalan.casework.verbs import step
from kavalan.tips import Account, Tip
from kavalan.tips import Person as Told
from kavalan.tips.triage import possible_minors

from ..conftest import NOW
from ..reports import open_intake


def tip(number="", *persons, **fields):
    """What a sender said; people and accounts are invented."""
    return Tip(form="cybertipline", number=str(number), persons=persons, **fields)


def reported(account="", **fields):
    return Told("reported", account=Account(service="chirp", id=account), **fields)


def lay(desk, *tips, at=NOW, look=True, **facts):
    """Reports of one delivery at a desk, with those of whom they speak, their files and what they name."""
    return step(*apps.get_models())(partial(_laid, desk, tips, at, look, facts))()


def _laid(desk, tips, at, look, facts):
    told = {"form": "cybertipline", "via": "upload"} | {key: facts.pop(key) for key in ("form",) if key in facts}
    delivery = Delivery.objects.create(desk=desk, arrived_at=at, entered_at=at, reports=len(tips), **told)
    before = Report.objects.filter(desk=desk).count()
    made = [
        _report(delivery, before + position, position, one, at, facts) for position, one in enumerate(tips, start=1)
    ]
    reports = list(Report.objects.filter(pk__in=[one.pk for one in made]).select_related("desk__unit").order_by("pk"))
    if look:
        start_for(reports, at)
        relate(reports, at)
        first_look(reports, at)
    return reports


def _report(delivery, number, position, told, at, facts):
    plain = msgspec.to_builtins(told)
    said = {
        "form": delivery.form,
        "sender": told.sender,
        "sender_number": told.number,
        "digest": hashlib.sha256(f"{number}".encode()).digest(),
        **facts,
    }
    report = Report.objects.create(
        desk=delivery.desk,
        delivery=delivery,
        position=position,
        reference=f"R-{number}",
        arrived_at=at,
        entered_at=at,
        tip=plain,
        **said,
    )
    place(report, delivery.desk.compartment)
    minors = possible_minors(told, at)
    persons = [
        Person.objects.create(
            report=report,
            number=place_,
            role=one.role,
            told=plain["persons"][place_],
            minor=minors[place_].basis if place_ in minors else "",
        )
        for place_, one in enumerate(told.persons)
    ]
    for place_, file in enumerate(told.files):
        md5 = bytes.fromhex(file.md5) or None
        ReportFile.objects.create(report=report, number=place_, told=plain["files"][place_], md5=md5)
    for one in named_in(told)[0]:
        indicator, _ = Indicator.objects.get_or_create(kind=str(one.kind), value=one.value)
        person = None if one.person is None else persons[one.person]
        Naming.objects.create(
            indicator=indicator, report=report, person=person, where=one.where, strong=one.strong, port=one.port
        )
    return report


@pytest.fixture
def desk(people, unlocked):
    """The desk of the Coastal Unit: Alice supervises it, Bob takes reports in."""
    return open_intake(people)


@pytest.fixture
def eve(people, desk):
    """Dora, let in as a second supervisor."""
    grant(people.alice, NOW, compartment=desk.compartment, to=people.dora, role=Role.SUPERVISOR)
    return people.dora


@pytest.fixture
def report(desk):
    """One report with nothing urgent."""
    (made,) = lay(desk, tip(1, reported("u-1"), sender="Example Messenger"))
    return made


@pytest.fixture
def urgent(desk):
    """What must be acknowledged of a report whose sender asks for haste."""
    (made,) = lay(desk, tip(7, reported("u-7"), escalation="a child may be in danger"))
    return made.urgent.select_related("report").get()


def changed(model, **facts):
    """Rows of a table changed past the verbs, as though time had passed."""
    with writing(frozenset({model._meta.db_table})):
        model.objects.update(**facts)
