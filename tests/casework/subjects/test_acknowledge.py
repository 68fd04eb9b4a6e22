"""Saying that one knows what a watch told."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.models import Told
from kavalan.casework.subjects.selectors.watches import unread
from kavalan.casework.subjects.services import acknowledge
from kavalan.casework.subjects.telling import tell
from kavalan.casework.verbs import step

from .conftest import SOON


def test_each_officer_acknowledges_what_they_were_told(people, watch, told):
    report = told()
    step(Told)(tell)([report], SOON)
    mine, theirs = (unread(officer).get() for officer in (people.alice, people.bob))
    acknowledge(people.alice, SOON, told=mine)
    assert list(unread(people.alice)) == []
    with pytest.raises(RefusedError, match="already"):
        acknowledge(people.alice, SOON, told=mine)
    with pytest.raises(RefusedError, match="Somebody else"):
        acknowledge(people.alice, SOON, told=theirs)
