"""What happened in a case, in order, from the rows that say so."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from kavalan.casework.cases.models import TaskState
from kavalan.casework.cases.rules import Marking, Stage
from kavalan.casework.cases.services import (
    Reached,
    add_charge,
    add_task,
    change_task,
    end_part,
    end_task,
    join,
    link_cases,
    open_case,
    reach_stage,
    reopen_task,
    write_note,
)
from kavalan.casework.cases.timeline import timeline_of
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.services import start_clock
from kavalan.casework.guard import writing

from ..conftest import NOW
from ..reports import lay_reports
from .rearranged import merge, undo

DAY = timedelta(days=1)


def told_of(event):
    return event.happening.name, event.code, event.about.name if event.about else event.text


def told(officer, case, **asked):
    page = timeline_of(officer, case, NOW + 9 * DAY, **asked)
    return [told_of(event) for event in page.events]


def test_it_tells_what_happened_last_first_by_when_it_happened(people, case, report):
    part = join(people.bob, NOW + DAY, case=case, joined=report)
    task = add_task(people.bob, NOW + 2 * DAY, case=case, title="Ask the provider")
    end_task(people.bob, NOW + 3 * DAY, task=task, state=TaskState.DONE)
    write_note(
        people.bob, NOW + 4 * DAY, case=case, text="Rang", marking=Marking.GREEN, happened_at=NOW + timedelta(hours=1)
    )
    end_part(people.bob, NOW + 5 * DAY, part=part, reason="another matter")
    assert told(people.bob, case) == [
        ("ended", "", "R-1"),
        ("task", "done", "Ask the provider"),
        ("task", "after nothing", "Ask the provider"),
        ("joined", "", "R-1"),
        ("note", "", "Rang"),
        ("opened", "", "COAST/1/2026"),
    ]


def test_when_it_was_entered_stands_apart(people, case):
    moment = NOW - 3 * DAY
    write_note(people.bob, NOW, case=case, text="Rang", marking=Marking.GREEN, happened_at=moment)
    event = timeline_of(people.bob, case, NOW).events[-1]
    assert (event.cursor.at, event.entered_at, event.late, event.who) == (moment, NOW, True, people.bob)


def test_pages_meet_without_a_gap_even_within_one_moment(people, case, desk):
    for report in lay_reports(desk, 3):
        join(people.bob, NOW, case=case, joined=report)
    for number in range(3):
        add_task(people.bob, NOW, case=case, title=f"Task {number}")
    whole, found, after = told(people.bob, case), [], None
    for _ in whole:
        page = timeline_of(people.bob, case, NOW, after=after, most=2)
        found += [told_of(event) for event in page.events]
        after = page.after
        if after is None:
            break
    assert found == whole
    assert len(whole) == 10


def test_a_merged_case_tells_in_the_one_that_goes_on_and_no_longer_when_undone(people, case, report):
    other = open_case(people.bob, NOW, title="Nets")
    join(people.bob, NOW, case=other, joined=report)
    (made,) = merge(people.bob, case, other)
    assert told(people.bob, case, only="cases") == [("to", "merge", "COAST/2/2026")]
    assert [one for one in told(people.bob, case) if one[0] == "joined"] == [("joined", "", "R-1")]
    assert told(people.bob, other, only="cases") == [("from", "merge", "COAST/1/2026")]
    undo(people.bob, made)
    assert not [one for one in told(people.bob, case) if one[0] == "joined"]
    assert told(people.bob, case, only="cases") == [
        ("to-undone", "merge", "COAST/2/2026"),
        ("to", "merge", "COAST/2/2026"),
    ]


def test_what_happened_is_said_in_words(people, case, report):
    join(people.bob, NOW, case=case, joined=report)
    end_task(people.bob, NOW, task=add_task(people.bob, NOW, case=case, title="Ask"), state=TaskState.DONE)
    add_charge(people.bob, NOW, case=case, charged="pocso", section="15(2)")
    reach_stage(people.bob, NOW, case=case, reached=Reached(Stage.REGISTERED, NOW))
    start_clock(people.alice, NOW, name="pocso-19-6", matter=report, started_at=NOW)
    words = {event.words for event in timeline_of(people.bob, case, NOW).events}
    assert words == {
        "task done",
        "task to be done",
        "put into the case",
        "reached the unit",
        "charge: POCSO Act, 2012",
        "the case: registered",
        "time limit began: POCSO Act, 2012, s. 19(6)",
        "case opened",
    }


def test_a_task_that_is_given_or_taken_up_again_is_said_to_be_so(people, case):
    task = add_task(people.bob, NOW, case=case, title="Ask")
    change_task(people.bob, NOW, task=task, assignee=people.bob, due_at=None)
    end_task(people.bob, NOW, task=task, state=TaskState.DONE)
    reopen_task(people.bob, NOW, task=task, reason="they answered half")
    events = timeline_of(people.bob, case, NOW, only="tasks").events
    assert [event.words for event in events] == [
        "task taken up again",
        "task done",
        "task given, or its day set anew",
        "task to be done",
    ]


def test_a_time_limit_names_what_it_runs_for_and_its_provision_on_a_day_before_it_held(people, case, report):
    join(people.bob, NOW, case=case, joined=report)
    start_clock(people.alice, NOW, name="pocso-19-6", matter=report, started_at=NOW)
    with writing(frozenset({"clocks_clock"})):
        Clock.objects.update(started_at=datetime(1999, 1, 1, tzinfo=UTC))
    (event,) = timeline_of(people.bob, case, NOW, only="clocks").events
    assert (event.words, event.about.name) == ("time limit began: POCSO Act, 2012, s. 19(6)", "R-1")


def test_a_relation_is_told_only_to_who_sees_both(people, case, let_in):
    other = open_case(people.alice, NOW, title="Nets")
    link_cases(people.alice, NOW, case=case, other=other, reason="the same account")
    assert [name for name, *_ in told(people.alice, case, only="cases")] == ["from"]
    assert not told(people.bob, case, only="cases")


def test_a_page_takes_as_many_statements_whatever_there_is(people, case, desk):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as taken:
            timeline_of(people.bob, case, NOW)
        return len(taken)

    join(people.bob, NOW, case=case, joined=lay_reports(desk, 1)[0])
    few = statements()
    for report in lay_reports(desk, 5):
        join(people.bob, NOW, case=case, joined=report)
        add_task(people.bob, NOW, case=case, title="Ask")
    assert statements() == few <= 4
