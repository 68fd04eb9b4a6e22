"""What comes by itself."""

import pytest

from kavalan.casework.access.models import Grant
from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.intake.services import begin_dropped

from ..conftest import NOW
from .conftest import parcel


def test_supervisor_of_the_desk_answers_for_it_and_nobody_took_it_in(people, desk, last_entry):
    delivery = begin_dropped(None, NOW, desk=desk, parcel=parcel(b"{}"))
    assert (delivery.entered_by, delivery.kept.kept_by) == (None, people.alice)
    assert last_entry()[0].actor is None


def test_desk_that_nobody_supervises_takes_nothing_in(desk):
    with writing(frozenset({"access_grant"})):
        Grant.objects.filter(compartment=desk.compartment, role="supervisor").delete()
    with pytest.raises(RefusedError, match="Nobody supervises"):
        begin_dropped(None, NOW, desk=desk, parcel=parcel(b"{}"))
