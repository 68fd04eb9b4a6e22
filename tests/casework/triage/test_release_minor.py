"""Evidence of majority ends the child lane."""

from datetime import timedelta

import pytest

from kavalan.casework.accounts.models import RoleHeld
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.errors import RefusedError
from kavalan.casework.intake.models import Report
from kavalan.casework.triage.looking import WRITES, first_look
from kavalan.casework.triage.models import Bundled, PossibleMinor
from kavalan.casework.triage.services import flag_minor, release_minor
from kavalan.casework.verbs import step

from ..conftest import NOW
from .conftest import lay, reported, tip


@pytest.fixture
def minor(desk):
    made = lay(desk, tip(1, reported("u", born="2012")), tip(2, reported("u")), tip(3, reported("u")))
    return made[0].possible_minors.get()


def test_it_ends_with_the_evidence_and_the_person_counts_again(people, minor, last_entry):
    assert not Bundled.objects.filter(report=minor.report).exists()
    before = minor.report.workability
    done = release_minor(people.alice, NOW, minor=minor, reason="passport seen, file 3")
    assert (done.ended_by, done.ended_at, done.ended_why) == (people.alice, NOW, "passport seen, file 3")
    assert Bundled.objects.filter(report=minor.report).exists()
    assert Report.objects.get(pk=minor.report_id).workability > before
    assert last_entry()[0].verb == "child.release"


def test_it_is_not_put_back_by_the_next_look_but_by_an_officer(people, minor):
    release_minor(people.alice, NOW, minor=minor, reason="x")
    step(*WRITES)(first_look)([minor.report], NOW + timedelta(days=1))
    assert not PossibleMinor.objects.filter(ended_at=None).exists()
    flag_minor(people.bob, NOW, person=minor.person, reason="the passport was another's")
    assert PossibleMinor.objects.count() == 2


def test_child_welfare_police_officer_says_so_too(people, minor):
    with pytest.raises(RefusedError, match="A supervisor or a child welfare"):
        release_minor(people.bob, NOW, minor=minor, reason="x")
    step(RoleHeld)(RoleHeld.objects.create)(officer=people.bob, role=OfficerRole.CHILD_OFFICER, since=NOW)
    assert release_minor(people.bob, NOW, minor=minor, reason="x").ended_by == people.bob


def test_it_needs_a_reason_and_ends_once(people, minor):
    with pytest.raises(RefusedError, match="A reason"):
        release_minor(people.alice, NOW, minor=minor, reason="")
    release_minor(people.alice, NOW, minor=minor, reason="x")
    with pytest.raises(RefusedError, match="ended already"):
        release_minor(people.alice, NOW, minor=minor, reason="x")
