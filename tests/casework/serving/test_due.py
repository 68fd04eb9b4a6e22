"""What the worker does by the clock: looked at now and then, told once."""

from datetime import UTC, datetime, timedelta

from kavalan.casework.serving.due import Duty, duties, look

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_duty_is_looked_at_as_often_as_it_says_and_no_more():
    asked = []
    duty = Duty("rounds", MINUTE, asked.append)
    for seconds in (0, 1, 59, 60, 61):
        duty.look(NOON + timedelta(seconds=seconds))
    assert asked == [NOON, NOON + MINUTE]


def test_clock_that_is_put_back_keeps_no_duty_waiting():
    asked = []
    duty = Duty("rounds", MINUTE, asked.append)
    duty.look(NOON)
    duty.look(NOON - timedelta(days=1))
    assert asked == [NOON, NOON - timedelta(days=1)]


def test_same_words_are_told_once():
    said = iter(["away", "away", None, "away", "back"])
    duty = Duty("anchor", MINUTE, lambda _: next(said))
    told = [duty.look(NOON + number * MINUTE) for number in range(5)]
    assert told == ["anchor: away", None, None, "anchor: away", "anchor: back"]


def test_all_that_is_due_is_done_in_one_look():
    due = tuple(Duty(name, MINUTE, lambda _: "done") for name in ("one", "two"))
    assert list(look(due, NOON)) == ["one: done", "two: done"]
    assert list(look(due, NOON)) == []


def test_the_ledger_is_among_the_duties(people, workspace):
    assert any("no checkpoint" in told for told in look(duties(), NOON))
