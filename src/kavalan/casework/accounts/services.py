"""Founding units and enrolling officers."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password

from kavalan.casework.accounts.models import Officer, Unit
from kavalan.casework.verbs import Done, HouseAct, house_verb


@house_verb("unit.found")
def found_unit(_act: HouseAct, *, name: str) -> Done[Unit]:
    """Found a unit under a name that no other has."""
    unit = Unit.objects.create(name=name)
    return Done(unit, {"name": name})


@house_verb("officer.enrol")
def enrol_officer(_act: HouseAct, *, badge: str, name: str, unit: Unit, password: str) -> Done[Officer]:
    """Enrol an officer, who signs in with badge and password.

    Raises:
        ValidationError: when the password is shorter than twelve characters or one that many people use.
    """
    officer = Officer(badge=badge, name=name, unit=unit)
    validate_password(password, officer)
    officer.set_password(password)
    officer.save(force_insert=True)
    return Done(officer, {"badge": badge, "name": name, "unit": str(unit.public_id)})
