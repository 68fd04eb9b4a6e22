"""Answering for a drawn report; misses are told to the unit, officers are not ranked."""

from datetime import date

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.triage.rules import SliceAnswer
from kavalan.casework.triage.selectors.slice import Figures, figures, misses, to_answer
from kavalan.casework.triage.services import answer_slice, draw_slice

from ..conftest import NOW
from .conftest import lay, tip


@pytest.fixture
def drawn(desk):
    lay(desk, *(tip(number) for number in range(3)))
    draw = draw_slice(None, NOW, desk=desk, day=date(2026, 3, 1), seed=bytes(32))
    return list(draw.drawn.select_related("report").order_by("pk"))


def test_misses_are_told_to_the_unit_with_the_figures(people, drawn, last_entry):
    answer_slice(people.bob, NOW, drawn=drawn[0], answer=SliceAnswer.MISSED, reason="a school is named")
    assert last_entry()[1]["answer"] == "missed"
    answer_slice(people.alice, NOW, drawn=drawn[1], answer=SliceAnswer.RIGHTLY_LOW, reason="nothing in it")
    assert figures(people.bob, NOW) == [Figures("Coastal Unit", "1", 3, 2, 1)]
    assert [one.reason for one in misses(people.alice, NOW)] == ["a school is named"]
    assert list(to_answer(people.bob, NOW)) == [drawn[2]]
    assert figures(people.charlie, NOW) == []


@pytest.mark.parametrize(
    ("who", "reason", "why"), [("bob", "", "A reason"), ("charlie", "x", "Only who takes in reports")]
)
def test_it_is_refused(people, drawn, who, reason, why):
    with pytest.raises(RefusedError, match=why):
        answer_slice(getattr(people, who), NOW, drawn=drawn[0], answer=SliceAnswer.MISSED, reason=reason)


def test_it_is_answered_once(people, drawn):
    answer_slice(people.bob, NOW, drawn=drawn[0], answer=SliceAnswer.MISSED, reason="x")
    with pytest.raises(RefusedError, match="answered already"):
        answer_slice(people.alice, NOW, drawn=drawn[0], answer=SliceAnswer.RIGHTLY_LOW, reason="x")
