"""Putting a hypothesis anew."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.services import restate_subject
from kavalan.casework.subjects.services.hypotheses import Hypothesis

from .conftest import HYPOTHESIS, SOON, fresh

ANEW = Hypothesis("Two people share both accounts.", "Nobody knows who wrote.")


def test_how_it_was_put_before_stays(people, subject):
    restate_subject(people.bob, SOON, subject=subject, hypothesis=ANEW, reason="a second voice")
    assert fresh(subject).innocent_because == ANEW.innocent_because
    assert [one.hypothesis for one in subject.statements.order_by("pk")] == [HYPOTHESIS.text, ANEW.text]


def test_it_names_nobody_still(people, subject):
    with pytest.raises(RefusedError, match="holds a name"):
        restate_subject(people.bob, SOON, subject=subject, hypothesis=Hypothesis("Zelphine", "none"), reason="why not")
    assert fresh(subject).hypothesis == HYPOTHESIS.text
