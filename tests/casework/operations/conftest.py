"""An operation of Alice's unit, which she supervises; Charlie of another unit investigates in it, Dora was not let in.

Bob has a case, and is let into nothing here.
"""

import csv
import io
from datetime import date, timedelta

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.cases.services import open_case, open_series
from kavalan.casework.custody.memo import Memo
from kavalan.casework.custody.models import Seizure
from kavalan.casework.custody.services import begin_draft, enter_seizure, save_row
from kavalan.casework.operations.models import Site
from kavalan.casework.operations.rules import State
from kavalan.casework.operations.services import (
    add_case,
    correct_state,
    enter_state,
    link_seizure,
    open_operation,
    take_sites,
)
from kavalan.casework.operations.tables import COLUMNS
from kavalan.casework.verbs import step

from ..conftest import NOW

DAY = date(2026, 3, 7)
HOME = "Kingfisher House, Ferry Lane 4"


def table_of(*rows):
    """A table with all columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def row(number, district="Thrissur", **more):
    """A site of team 1, with a warrant of its own."""
    said = {"site": f"S-{number}", "district": district, "place": f"Ward {number}", "team": "T1", "lead": "charlie"}
    return {**said, "warrant": f"W {number}/2026", "court": "JFCM I", **more}


TABLE = table_of(row(1, address=HOME, home="yes", members="bob zed"), row(2), row(3, "Kollam", warrant="", court=""))


@pytest.fixture
def series(people):
    """The number series of Alice's unit, of which she is supervisor; Bob is an investigator of it."""
    held = step(RoleHeld)(RoleHeld.objects.create)
    held(officer=people.alice, role=OfficerRole.SUPERVISOR, since=NOW)
    held(officer=people.bob, role=OfficerRole.INVESTIGATOR, since=NOW)
    return open_series(people.alice, NOW, prefix="COAST")


@pytest.fixture
def operation(people, series):
    made = open_operation(people.alice, NOW, title="Harbour lights", day=DAY)
    grant(people.alice, NOW, compartment=made.compartment, to=people.charlie, role=Role.INVESTIGATOR)
    return made


@pytest.fixture
def case(people, series):
    """Bob's, in which Alice supervises."""
    return open_case(people.bob, NOW, title="Accounts of a harbour", district="in-32-594")


@pytest.fixture
def sites(people, operation):
    """Two in Thrissur and one in Kollam, searched by Charlie's team."""
    take_sites(people.alice, NOW, operation=operation, text=TABLE)
    return list(Site.objects.select_related("operation").order_by("pk"))


@pytest.fixture
def tell(people):
    """Charlie tells what happened at a site."""

    def do(site, what, at=NOW, persons=0):
        return enter_state(people.charlie, NOW, site=site, what=what, moment=at, persons=persons)

    return do


@pytest.fixture
def seizure(people):
    """Two telephones on a memo, in a compartment of Alice's into which Charlie was not let."""
    begun = {"authority": people.warrant, "compartment": people.compartment, "memo": Memo(NOW)}
    draft = begin_draft(people.alice, NOW, reference="SM 1", **begun)
    for reference in ("E-1", "E-2"):
        save_row(draft, people.alice, {"reference": reference, "sort": "phone"})
    enter_seizure(people.alice, people.warrant, draft, NOW)
    return Seizure.objects.get()


@pytest.fixture
def linked(people, sites, seizure):
    return link_seizure(people.alice, NOW, site=sites[0], seizure=seizure)


@pytest.fixture
def searched(people, sites, tell):
    """One with things seized and two arrested, one with nothing, one not searched; one entry corrected, one late."""
    tell(sites[0], State.SEIZED)
    wrong = tell(sites[0], State.ARRESTED, persons=3)
    correct_state(people.alice, NOW, entry=wrong, what=State.ARRESTED, moment=NOW, persons=2, reason="one too many")
    tell(sites[1], State.NOTHING, NOW - timedelta(days=2))
    return sites


@pytest.fixture
def joined(people, operation, case):
    return add_case(people.alice, NOW, operation=operation, case=case)
