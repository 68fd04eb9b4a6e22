"""Enrolling officers."""

import pytest
from django.core.exceptions import ValidationError

from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.services import enrol_officer
from kavalan.casework.errors import RefusedError

from ..conftest import NOW, PASSWORD


def enrol(actor, unit, password=PASSWORD):
    return enrol_officer(actor, NOW, badge="erin", name="Erin Das", unit=unit, password=password)


def test_officer_is_enrolled_with_an_argon2_password(people, last_entry):
    erin = enrol(people.alice, people.alice.unit)
    assert erin.password.startswith("argon2")
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("officer.enrol", erin.public_id)
    assert said == {"badge": "erin", "name": "Erin Das", "unit": str(people.alice.unit.public_id)}


@pytest.mark.parametrize("password", ["short", "", "password1234"])
def test_weak_password_enrols_nobody(people, entries, password):
    before = entries()
    with pytest.raises(ValidationError):
        enrol(people.alice, people.alice.unit, password)
    assert (entries(), Officer.objects.filter(badge="erin").exists()) == (before, False)


def test_nobody_enrols_no_officer_once_there_is_one(people):
    with pytest.raises(RefusedError):
        enrol(None, people.alice.unit)
