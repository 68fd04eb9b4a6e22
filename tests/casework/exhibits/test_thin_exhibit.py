"""Saying that earlier exhibits were gone through."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.services import thin_exhibit

from ..conftest import NOW


@pytest.mark.parametrize("who", ["charlie", "dora"])
def test_only_who_works_on_it_thins_it(people, three, thinned, who):
    with pytest.raises(RefusedError, match="Who works on the exhibit"):
        thin_exhibit(getattr(people, who), NOW, exhibit=thinned, earlier=[three[0]])


def test_later_exhibits_those_not_open_and_none_are_refused(people, three, thinned):
    for officer, exhibit, earlier in (
        (people.alice, three[0], [thinned]),
        (people.alice, thinned, []),
        (people.bob, thinned, [three[1]]),
    ):
        with pytest.raises(RefusedError, match="Choose among"):
            thin_exhibit(officer, NOW, exhibit=exhibit, earlier=earlier)


def test_exhibit_that_is_not_scanned_whole_is_not_thinned(people, three):
    with pytest.raises(RefusedError, match="come to its end"):
        thin_exhibit(people.alice, NOW, exhibit=three[2], earlier=[three[0]])


def test_ledger_keeps_who_said_what_was_gone_through(people, three, thinned, last_entry):
    thin_exhibit(people.bob, NOW, exhibit=thinned, earlier=[three[0]])
    entry, said = last_entry()
    assert (entry.verb, entry.actor) == ("exhibit.thin", people.bob.public_id)
    assert said["earlier"] == [str(three[0].public_id)]
