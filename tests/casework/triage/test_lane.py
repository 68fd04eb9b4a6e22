"""How long an urgent report may wait: data, each number with its source."""

import msgspec
import pytest

from kavalan.casework.triage.lane import LaneRules, Slice, Step, lane_rules

SLICE = Slice(5, 20, 30, "ours", "H")


def test_every_number_says_where_it_comes_from_and_how_sure_that_is():
    rules = lane_rules()
    assert all(one.source and one.certainty == "H" for one in (*rules.step, rules.slice))


def test_who_is_told_on_comes_from_near_to_far():
    assert [step.to for step in lane_rules().step] == ["desk", "unit", "house"]


@pytest.mark.parametrize("minutes", [(), (30, 30), (60, 30)])
def test_steps_that_do_not_follow_one_another_are_refused(minutes):
    with pytest.raises(ValueError, match="one after another"):
        LaneRules("1", tuple(Step(one, "desk", "ours", "H") for one in minutes), SLICE)


def test_a_slice_of_nothing_is_refused():
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"a_day": 0, "lowest_percent": 20, "of_days": 30, "source": "x", "certainty": "H"}, Slice)
