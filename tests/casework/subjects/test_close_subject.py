"""Closing a hypothesis."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Closed, Side
from kavalan.casework.subjects.services import add_evidence, close_subject

from .conftest import SOON, fresh


def test_closed_hypothesis_takes_nothing_more(people, subject):
    close_subject(people.alice, SOON, subject=subject, outcome=Closed.REFUTED, reason="another person's number")
    assert fresh(subject).closed_at == SOON
    with pytest.raises(RefusedError, match="is closed"):
        add_evidence(people.alice, SOON, subject=subject, side=Side.FOR, text="More.")


def test_it_is_not_closed_over_a_watch(people, subject, watch):
    with pytest.raises(RefusedError, match="End its watches first"):
        close_subject(people.alice, SOON, subject=subject, outcome=Closed.REFUTED, reason="why not")
