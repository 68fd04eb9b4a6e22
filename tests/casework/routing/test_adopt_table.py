"""Taking in a unit's own table of offices."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.models import OwnTable
from kavalan.casework.routing.responsible import responsible
from kavalan.casework.routing.selectors import offices_for, term_of
from kavalan.casework.routing.services import adopt_table

from ..conftest import NOW

TABLE = """
title = "Invented"
drawn_up = 2026-02-01

[[office]]
id = "hill-cyber"
name = "Cyber desk of the hills"
tier = "station"
unit = "Hill Unit"

[[office.term]]
since = 2026-02-01
covers = ["in-32-596"]
takes = ["online"]
certainty = "V"
source = "an order, invented"
"""


@pytest.fixture(autouse=True)
def supervised(coast):
    """Alice supervises her unit."""


def names(unit):
    answer = responsible(offices_for(unit.pk), "in-32-596", "online", NOW.date())
    return [one.listed.office.id for one in answer.nearest]


def test_it_is_asked_from_then_on_by_its_unit_alone(people):
    adopt_table(people.alice, NOW, text=TABLE, reason="the order")
    assert names(people.alice.unit) == ["cyber-idukki", "hill-cyber"]
    assert names(people.charlie.unit) == ["cyber-idukki"]


def test_what_rested_on_an_earlier_version_is_still_told(people):
    adopt_table(people.alice, NOW, text=TABLE, reason="the order")
    adopt_table(people.alice, NOW, text=TABLE.replace("hill-cyber", "hills"), reason="renamed")
    unit = people.alice.unit
    assert names(unit) == ["cyber-idukki", "hills"]
    assert term_of(unit.pk, "own table, version 1: hill-cyber, 2026-02-01").source == "an order, invented"
    assert term_of(unit.pk, "own table, version 2: hill-cyber, 2026-02-01") is None


def test_versions_are_numbered_and_the_entry_tells_the_digest(people, last_entry):
    made = adopt_table(people.alice, NOW, text=TABLE, reason="the order")
    assert (made.version, last_entry()[1]["sha256"]) == (1, made.sha256_hex)


@pytest.mark.parametrize(
    ("text", "reason", "why"),
    [(TABLE, " ", "reason"), (TABLE.replace("in-32-596", "nowhere"), "the order", "covers nowhere")],
)
def test_what_does_not_hold_together_or_has_no_reason_is_refused(people, text, reason, why):
    with pytest.raises(RefusedError, match=why):
        adopt_table(people.alice, NOW, text=text, reason=reason)
    assert not OwnTable.objects.exists()


def test_the_table_in_force_is_not_taken_in_again(people):
    adopt_table(people.alice, NOW, text=TABLE, reason="the order")
    with pytest.raises(RefusedError, match="in force"):
        adopt_table(people.alice, NOW, text=TABLE, reason="again")


def test_only_a_supervisor_takes_one_in(people):
    with pytest.raises(RefusedError, match="Only a supervisor"):
        adopt_table(people.bob, NOW, text=TABLE, reason="the order")
