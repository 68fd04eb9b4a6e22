"""What subjects say on the first page."""

from datetime import timedelta

from kavalan.casework.mydesk.asking import lines_of
from kavalan.casework.mydesk.sort import Asker
from kavalan.casework.subjects.models import Told
from kavalan.casework.subjects.telling import tell
from kavalan.casework.subjects.waits import SORTS
from kavalan.casework.verbs import step

from .conftest import SOON


def waiting(officer, now):
    return {name: [line.label for line in lines] for name, lines in lines_of(SORTS, Asker(officer, now, now)).items()}


def test_what_was_told_and_what_is_over_waits_for_its_officer(people, watch, told):
    assert waiting(people.alice, SOON) == {}
    step(Told)(tell)([told()], SOON)
    assert waiting(people.bob, SOON) == {"subjects.told": ["S/1/2026"]}
    assert waiting(people.alice, watch.until - timedelta(days=2))["subjects.ending"] == ["S/1/2026"]
    assert waiting(people.alice, watch.until)["subjects.over"] == ["S/1/2026"]
    assert "subjects.over" not in waiting(people.bob, watch.until)


def test_subject_of_a_possible_child_waits_for_who_sees_it(people, subject, told):
    told(may_be_minor=True)
    assert waiting(people.bob, SOON) == {"subjects.children": ["S/1/2026"]}
    assert waiting(people.dora, SOON) == {}
