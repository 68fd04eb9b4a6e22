"""Founding units."""

import pytest

from kavalan.casework.accounts.models import Unit
from kavalan.casework.accounts.services import found_unit
from kavalan.casework.accounts.unit_kinds import UnitKind
from kavalan.casework.errors import RefusedError

from ..conftest import NOW


def test_first_unit_is_founded_by_nobody(empty_desk, last_entry):
    unit = found_unit(None, NOW, name="Coastal Unit")
    entry, said = last_entry()
    assert (entry.number, entry.verb, entry.actor, entry.authority) == (1, "unit.found", None, None)
    assert (entry.subject_kind, entry.subject, said) == (
        "unit",
        unit.public_id,
        {"name": "Coastal Unit", "kind": "police"},
    )


def test_once_there_are_officers_nobody_founds_no_unit(people, entries):
    before = entries()
    with pytest.raises(RefusedError, match="one of them"):
        found_unit(None, NOW, name="Ghost Unit")
    assert (entries(), Unit.objects.filter(name="Ghost Unit").exists()) == (before, False)


def test_officer_founds_another_unit_under_her_own_id(people, last_entry):
    found_unit(people.alice, NOW, name="River Unit")
    assert last_entry()[0].actor == people.alice.public_id


def test_what_a_unit_is_is_said_when_it_is_founded_and_stands_on_its_page(people, last_entry, client):
    unit = found_unit(people.alice, NOW, name="Harbour Hotline", kind=UnitKind.HOTLINE)
    assert (unit.kind, last_entry()[1]["kind"]) == ("hotline", "hotline")
    client.force_login(people.alice)
    assert "A hotline that takes reports" in client.get("/people/").text
    assert client.post("/people/units/found/", {"name": "Safety Desk", "kind": "platform"}).status_code == 302
    assert Unit.objects.get(name="Safety Desk").kind == "platform"
