"""The pages of time limits."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.clocks.models import Clock
from kavalan.casework.clocks.services import start_clock

from ..conftest import NOW


@pytest.fixture
def of_exhibit(exhibit):
    return reverse("exhibit-clocks", args=[exhibit.public_id])


def test_event_begins_every_limit_that_the_law_sets_for_it_at_the_moment_typed_in_the_desks_zone(
    client, people, of_exhibit
):
    client.force_login(people.bob)
    assert "No time limit was begun here" in client.get(of_exhibit).text
    said = {"event": "information.received", "started_at": "2026-03-01T14:30"}
    assert client.post(of_exhibit, said).status_code == 302
    begun = Clock.objects.values_list("name", "started_at", "due_at")
    assert set(begun) == {(name, NOW, NOW + timedelta(hours=24)) for name in ("pocso-19-5", "pocso-19-6")}
    page = client.get(of_exhibit).text
    assert ("Too late, for" in page, "not reviewed" in page) == (True, True)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"event": "search.recorded"}, 422),
        ({"event": "no.such", "started_at": "2026-03-01T14:30"}, 422),
        ({"event": "search.recorded", "started_at": "2999-03-01T14:30"}, 409),
        ({"event": "search.recorded", "started_at": "2024-06-30T14:30"}, 409),
    ],
)
def test_what_cannot_begin_is_told(client, people, of_exhibit, said, status):
    client.force_login(people.bob)
    assert (client.post(of_exhibit, said).status_code, Clock.objects.count()) == (status, 0)


def test_met_corrected_and_put_aside_on_its_page(client, people, clock):
    client.force_login(people.alice)
    page = lambda name, one: reverse(name, args=[one.public_id])  # noqa: E731 a word for what is asked six times
    assert client.post(page("correct-clock", clock), {"started_at": "2026-03-01T12:00", "reason": "<diary>"})
    made = Clock.objects.get(corrects=clock)
    assert "&lt;diary&gt;" in client.get(page("clock", made)).text
    assert page("clock", made) in client.get(page("clock", clock)).text
    assert client.post(page("meet-clock", made), {"met_at": "2026-03-01T13:00", "note": "receipt 4"}).status_code == 302
    assert "receipt 4" in client.get(page("clock", made)).text
    assert client.post(page("dismiss-clock", made), {"reason": "no"}).status_code == 409
    assert "Met: " in client.get("/clocks/?ended=1").text
    assert "No time limit runs" in client.get("/clocks/").text


def test_what_is_due_stands_on_the_first_page(client, people, exhibit):
    now = timezone.now()
    for hours, words in ((1, "A time limit of the law"), (72, "A time limit of the law that has passed")):
        at = now - timedelta(hours=hours)
        start_clock(people.bob, now, name="bnss-185-5", matter=exhibit, started_at=at)
        client.force_login(people.bob)
        assert words in client.get("/").text
        client.force_login(people.dora)
        assert "A time limit" not in client.get("/").text


def test_list_of_a_provision_ticks_and_meets_several_by_one_act(client, people, lay):
    lay(2, at=timezone.now() - timedelta(hours=2))
    client.force_login(people.bob)
    assert "?limit=pocso-19-6" in client.get("/clocks/").text
    page = client.get("/clocks/?limit=pocso-19-6&ticked=1").text
    assert (page.count(" checked>"), page.count('name="clocks"')) == (2, 2)
    wanted = list(Clock.objects.filter(name="pocso-19-6").values_list("public_id", flat=True))
    said = {"limit": "pocso-19-6", "clocks": wanted, "note": "list 7"}
    met_at = timezone.localtime(timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert client.post("/clocks/met-together/", {**said, "met_at": met_at, "clocks": ["no id"]}).status_code == 422
    assert client.post("/clocks/met-together/", {**said, "met_at": "2020-01-01T10:00"}).status_code == 409
    assert Clock.objects.exclude(met_at=None).count() == 0
    assert client.post("/clocks/met-together/", {**said, "met_at": met_at}).status_code == 302
    assert Clock.objects.exclude(met_at=None).count() == 2
    assert "None of these is to be met" in client.get("/clocks/?limit=pocso-19-6").text
    assert "R-1" in client.get("/clocks/?ended=1").text
    assert client.get("/clocks/?limit=%22%3E&after=1").status_code == 200


def test_sheet_for_the_wall_says_references_and_sections(client, people, lay):
    lay(1, at=timezone.now() - timedelta(hours=30))
    client.force_login(people.bob)
    page = client.get("/clocks/wall/").text
    sheet = page[page.index("<main") : page.index("</main")]
    assert ("R-1" in sheet, "s. 19(6)" in sheet, "too late" in sheet) == (True, True, True)
    assert "POCSO" not in sheet


def test_limits_of_a_report_stand_on_their_own_page_and_began_by_themselves(client, people, lay):
    (report,) = lay(1)
    client.force_login(people.bob)
    clock = Clock.objects.filter(report=report).first()
    assert "began with the report" in client.get(reverse("clock", args=[clock.public_id])).text
    client.force_login(people.dora)
    assert client.get(reverse("report-clocks", args=[report.public_id])).status_code == 404
