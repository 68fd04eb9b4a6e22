"""Taking back what was said for or against."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Side
from kavalan.casework.subjects.services import add_evidence, withdraw_evidence

from .conftest import SOON, fresh


def test_it_stays_readable_with_the_reason(people, subject):
    said = add_evidence(people.alice, SOON, subject=subject, side=Side.FOR, text="The same hours.")
    withdraw_evidence(people.bob, SOON, evidence=said, reason="a wrong clock")
    assert (fresh(said).text, fresh(said).ended_why) == ("The same hours.", "a wrong clock")
    with pytest.raises(RefusedError, match="already"):
        withdraw_evidence(people.bob, SOON, evidence=said, reason="again")
