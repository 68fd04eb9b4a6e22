"""Alice's desk, at which Bob takes reports in, the desk of Charlie's unit, and reports that name things."""

import pytest
from django.apps import apps

from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.authority.papers import take
from kavalan.casework.intake.models import Indicator, Naming, Person, Report
from kavalan.casework.intake.services import open_desk
from kavalan.casework.triage.models import PossibleMinor
from kavalan.casework.verbs import step

from ..authority.conftest import a_paper
from ..conftest import NOW
from ..reports import lay_reports, open_intake


@pytest.fixture
def coast(people):
    """The desk of the Coastal Unit: Alice supervises it, Bob takes reports in."""
    return open_intake(people)


@pytest.fixture
def hill(people):
    """The desk of the Hill Unit, Charlie's."""
    step(RoleHeld)(RoleHeld.objects.create)(officer=people.charlie, role=OfficerRole.SUPERVISOR, since=NOW)
    return open_desk(people.charlie, NOW)


@pytest.fixture
def report(coast):
    """One report at Alice's desk."""
    return lay_reports(coast, 1, tip={"form": "table"})[0]


@step(*apps.get_models())
def name_in(report, value, kind="phone", person=None):
    """Let a report name an identifier, of nobody or of a person of it."""
    indicator, _ = Indicator.objects.get_or_create(kind=kind, value=value)
    where = f"{report.namings.count()}"
    return Naming.objects.create(indicator=indicator, report=report, person=person, where=where, strong=True)


@step(*apps.get_models())
def tell_of(report, role="reported", identity=None, *, may_be_minor=False):
    """Let a report speak of somebody."""
    person = Person.objects.create(
        report=report, number=report.persons.count(), role=role, told={"role": role}, identity=identity
    )
    if may_be_minor:
        PossibleMinor.objects.create(person=person, report=report, basis="flag", found_at=NOW)
    return person


def fresh(record):
    """As the database holds it now."""
    return Report.objects.select_related("desk", "authority").get(pk=record.pk)


@pytest.fixture
def a_slip(unlocked):
    """Puts a signed slip into the vault, for a verb to enter."""
    return lambda: take(a_paper())
