"""Having a file made: who may, and what the ledger keeps of it."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exports.models import Form
from kavalan.casework.exports.services import make_export

from ..conftest import NOW


def test_question_is_kept_with_its_filters(people, filled, last_entry):
    made = make_export(people.bob, people.warrant, filled, NOW, form=Form.VICS, filters="family=picture")
    entry, said = last_entry()
    assert (entry.verb, entry.subject) == ("export.make", made.public_id)
    assert (said["form"], said["filters"]) == ("vics", "family=picture")


def test_supervisor_who_grants_does_not_have_it_made(people, filled):
    with pytest.raises(RefusedError, match="Your role"):
        make_export(people.alice, people.warrant, filled, NOW, form=Form.CSV, filters="")


def test_list_that_is_not_thinned_does_not_leave_as_if_it_were(people, filled):
    with pytest.raises(RefusedError, match="not thinned"):
        make_export(people.bob, people.warrant, filled, NOW, form=Form.CSV, filters="thinned=1")
