"""Making a file that comes to no good end."""

from kavalan.casework.authority.services import withdraw_authority
from kavalan.casework.exports.models import Export, Form
from kavalan.casework.exports.services import MAKE, make_export
from kavalan.casework.exports.work import Exporting
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.worker import run_next

from ..conftest import NOW


def test_authority_that_was_withdrawn_meanwhile_stops_it(people, filled):
    made = make_export(people.bob, people.warrant, filled, NOW, form=Form.CSV, filters="")
    withdraw_authority(people.alice, NOW, authority=people.warrant, reason="by the court")
    assert run_next({MAKE: Exporting()}, "worker", lambda: NOW).state == State.REFUSED
    assert Export.objects.get(pk=made.pk).kept is None
