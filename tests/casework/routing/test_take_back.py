"""Taking an offer back."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.routing.services import accept_transfer, offer_transfer, take_back
from kavalan.casework.routing.services.transfers import Receiver

from ..conftest import NOW


@pytest.fixture
def offered(people, report, hill):
    return offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill Unit", hill), reason="theirs")


def test_nobody_accepts_it_afterwards(people, offered):
    assert take_back(people.alice, NOW, transfer=offered, reason="it was ours").outcome == "taken_back"
    with pytest.raises(RefusedError, match="already"):
        accept_transfer(people.charlie, NOW, transfer=offered)


def test_what_was_accepted_is_not_taken_back(people, offered):
    accept_transfer(people.charlie, NOW, transfer=offered)
    with pytest.raises(RefusedError, match="already"):
        take_back(people.bob, NOW, transfer=offered, reason="it was ours")


def test_the_receiver_takes_nothing_back(people, offered):
    with pytest.raises(RefusedError, match="Only who works"):
        take_back(people.charlie, NOW, transfer=offered, reason="no")
