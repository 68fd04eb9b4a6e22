"""The duty list, by provision, and its pages."""

from datetime import timedelta

from kavalan.casework.clocks import duties
from kavalan.casework.clocks.duties import duty_list
from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.selectors import ended, running_page
from kavalan.casework.clocks.services import meet_clock, start_clock

from ..conftest import NOW

HOUR = timedelta(hours=1)


def test_it_says_how_many_how_many_too_late_and_the_first_due(people, exhibit, lay):
    lay(2, at=NOW - 30 * HOUR)
    lay(1)
    prompt = start_clock(people.bob, NOW, name="bnss-105", matter=exhibit, started_at=NOW)
    meet_clock(
        people.bob, NOW, clock=Clock.objects.get(report__reference="R-1", name="pocso-19-6"), met_at=NOW, note="list"
    )
    found = {
        duty.first.limit.id: (duty.count, duty.late, duty.first.clock.matter) for duty in duty_list(people.bob, NOW)
    }
    assert {name: (count, late, str(matter)) for name, (count, late, matter) in found.items()} == {
        "pocso-19-5": (3, 2, "R-1"),
        "pocso-19-6": (2, 1, "R-2"),
        "bnss-105": (1, 0, str(prompt.exhibit)),
    }
    assert [one.section for one in duty_list(people.bob, NOW)] == ["s. 19(5)", "s. 19(6)", "s. 105"]
    assert duty_list(people.dora, NOW) == []


def test_no_more_are_counted_than_people_read(people, lay, monkeypatch, django_assert_max_num_queries):
    lay(5)
    monkeypatch.setattr(duties, "COUNTED", 3)
    with django_assert_max_num_queries(12):
        assert {(duty.count, duty.more) for duty in duty_list(people.bob, NOW)} == {(3, True)}


def test_pages_follow_one_another_and_none_is_shown_twice(people, exhibit, lay, monkeypatch):
    lay(3)
    lay(2, at=NOW - HOUR)
    monkeypatch.setattr("kavalan.casework.clocks.selectors._A_PAGE", 2)
    pages, after = [], None
    while not pages or after:
        page = running_page(people.bob, NOW, "pocso-19-6", late=False, after=after)
        pages.append([one.clock.report.reference for one in page.rows])
        after = page.after
    assert pages == [["R-4", "R-5"], ["R-1", "R-2"], ["R-3"]]


def test_only_what_is_too_late_on_request(people, lay):
    lay(1, at=NOW - 24 * HOUR)
    lay(1, at=NOW - 23 * HOUR)
    page = running_page(people.bob, NOW, "pocso-19-6", late=True, after=None)
    assert [one.clock.report.reference for one in page.rows] == ["R-1"]


def test_what_the_law_wants_without_delay_comes_first_also_across_pages(people, exhibit, monkeypatch):
    monkeypatch.setattr("kavalan.casework.clocks.selectors._A_PAGE", 1)
    for hours in (2, 1):
        start_clock(people.bob, NOW, name="bnss-105", matter=exhibit, started_at=NOW - hours * HOUR)
    first = running_page(people.bob, NOW, "bnss-105", late=False, after=None)
    then = running_page(people.bob, NOW, "bnss-105", late=False, after=first.after)
    assert (len(first.rows), len(then.rows), then.after) == (1, 1, None)
    assert first.rows[0].clock != then.rows[0].clock


def test_what_ended_is_paged_too(people, lay, monkeypatch):
    monkeypatch.setattr("kavalan.casework.clocks.selectors._A_PAGE", 1)
    lay(2)
    for clock in Clock.objects.filter(name="pocso-19-6"):
        meet_clock(people.bob, NOW, clock=clock, met_at=NOW, note="list")
    first = ended(people.bob, NOW)
    then = ended(people.bob, NOW, first.after)
    assert [page.rows[0].clock.report.reference for page in (first, then)] == ["R-2", "R-1"]
    assert then.after is None
