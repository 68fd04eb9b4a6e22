"""Having all that is searched made anew."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.search.models import Filling
from kavalan.casework.search.services import ask_filling

from ..conftest import NOW


def test_it_waits_for_somebody_to_do_it(people, last_entry):
    filling = ask_filling(people.alice, NOW)
    assert (filling.asked_by, filling.job, filling.done_at) == (people.alice, None, None)
    assert last_entry()[0].verb == "search.ask"


def test_it_is_not_asked_for_twice(people):
    ask_filling(None, NOW)
    with pytest.raises(RefusedError, match="already"):
        ask_filling(None, NOW)
    assert Filling.objects.count() == 1
