"""Saying what speaks for a hypothesis and against it."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.subjects.rules import Side
from kavalan.casework.subjects.services import add_evidence

from .conftest import SOON


def test_both_sides_are_kept_with_what_they_point_at(people, subject, report):
    add_evidence(people.alice, SOON, subject=subject, side=Side.FOR, text="The same hours.", points_at=report)
    add_evidence(people.bob, SOON, subject=subject, side=Side.AGAINST, text="Another language.")
    assert [(one.side, one.report, one.entered_by) for one in subject.evidence.order_by("pk")] == [
        ("for", report, people.alice),
        ("against", None, people.bob),
    ]


@pytest.mark.parametrize("text", ["  ", "Zelphine was there"])
def test_nothing_and_a_name_are_refused(people, subject, text):
    with pytest.raises(RefusedError):
        add_evidence(people.alice, SOON, subject=subject, side=Side.FOR, text=text)
