"""The pages of triage: what they show, and what they do."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.intake.models import Report
from kavalan.casework.triage.models import Drawn, PossibleMinor, RuleSet, Urgent
from kavalan.casework.triage.services import draw_slice
from kavalan.tips import Passage

from ..conftest import NOW
from ..waiting import waiting
from .conftest import lay, reported, tip
from .test_bring_rules import OWN


@pytest.fixture
def bob(client, people):
    client.force_login(people.bob)
    return client


@pytest.fixture
def alice(client, people):
    client.force_login(people.alice)
    return client


def address(route, thing):
    return reverse(route, args=[thing.public_id])


def test_report_page_shows_every_line_of_the_newest_look(bob, report):
    page = bob.get(address("report", report)).content.decode()
    for score in ("risk", "workability", "viewing"):
        for line in getattr(report.assessments.get().lines, score).lines:
            assert line.line.words.replace("'", "&#x27;") in page
    assert address("report-triage", report) in page


def test_urgent_report_is_acknowledged_on_its_page_and_waits_on_the_first(bob, people, urgent):
    (first,) = [wait for wait in waiting(people.bob, timezone.now()) if "acknowledged" in wait.what]
    assert (first.urgent, first.ways[0].address) == (True, address("urgent-report", urgent))
    assert urgent.report.reference in bob.get(reverse("urgent")).content.decode()
    page = bob.get(address("urgent-report", urgent)).content.decode()
    assert "the sender asks for haste" in page.lower()
    assert "<code>escalation</code>" in page
    assert bob.post(address("urgent-report", urgent), {"note": "called"}).status_code == 302
    assert Urgent.objects.get().acknowledged_by == people.bob
    assert bob.post(address("urgent-report", urgent), {"note": "again"}).status_code == 409
    assert not any("acknowledged" in wait.what for wait in waiting(people.bob, timezone.now()))


def test_answer_is_recorded_and_a_wrong_one_is_shown_with_its_fault(bob, report):
    there = address("report-triage", report)
    assert bob.post(there, {"fact": "guilty", "answer": "yes", "reason": "x"}).status_code == 422
    assert bob.post(there, {"fact": "danger_now", "answer": "yes", "reason": "the caller"}).status_code == 302
    page = bob.get(there).content.decode()
    assert "the caller" in page
    assert Report.objects.get(pk=report.pk).lane == "urgent"


@pytest.mark.parametrize(("to", "standing"), [("take", "taken"), ("set_aside", "set_aside")])
def test_report_is_moved_by_its_buttons(bob, report, to, standing):
    assert bob.post(address("move-report", report), {"to": to, "reason": "x"}).status_code == 302
    assert Report.objects.get(pk=report.pk).standing == standing
    assert bob.post(address("move-report", report), {"to": "close", "reason": "x"}).status_code == 409


def test_what_is_alike_is_shown_and_undone(bob, desk):
    first, second = lay(desk, tip(1, reported("u")), tip(1, reported("u"), reported("w")))
    page = bob.get(address("report-triage", first)).content.decode()
    assert second.reference in page
    assert "A person whom only this one names" in page
    assert "Its own time limit POCSO Act, 2012, s. 19(6), until" in page
    for route, thing in (("change-duplicate", second.duplicate), ("change-bundled", second.bundled.get())):
        assert bob.post(address(route, thing), {"reason": "another child"}).status_code == 302
        thing.refresh_from_db()
        assert not thing.in_force
        assert bob.post(address(route, thing), {"reason": "no"}).status_code == 302


def test_slice_shows_metadata_only_and_publishes_a_miss(bob, desk):
    (made,) = lay(desk, tip(1, reported("u-lagoon"), passages=(Passage("chat", "the lagoon at dusk"),)))
    draw_slice(None, NOW, desk=desk, day=NOW.date(), seed=bytes(32))
    there = address("drawn", Drawn.objects.get())
    page = bob.get(there).content.decode()
    assert made.reference in page
    assert "lagoon" not in page
    assert bob.post(there, {"answer": "missed", "reason": "a school is named"}).status_code == 302
    assert "a school is named" in bob.get(reverse("slice")).content.decode()


def test_slice_names_nobody_who_wrote_an_e_mail(bob, desk):
    (made,) = lay(desk, tip(1, sender="Asha Kathayil <asha@example.org>"), form="mail")
    assert (made.form, made.sender) == ("mail", "Asha Kathayil <asha@example.org>")
    draw_slice(None, NOW, desk=desk, day=NOW.date(), seed=bytes(32))
    assert "Kathayil" not in bob.get(address("drawn", Drawn.objects.get())).text


def test_rules_are_brought_by_one_and_taken_by_another(client, people, desk):
    client.force_login(people.bob)
    assert client.post(reverse("triage-rules"), {"text": "no = 1", "reason": "x"}).status_code == 409
    assert client.post(reverse("triage-rules"), {"text": OWN, "reason": "ours"}).status_code == 302
    rules = RuleSet.objects.get(unit=people.bob.unit)
    assert client.post(address("take-rules", rules), {"reason": "x"}).status_code == 409
    client.force_login(people.alice)
    assert client.post(address("take-rules", rules), {"reason": "read"}).status_code == 302
    assert "coast 1" in client.get(reverse("triage-rules")).content.decode()


def test_child_lane_is_a_supervisors_and_a_name_that_was_typed_is_not_sent_back(client, people, desk):
    (made,) = lay(desk, tip(1, reported("u", name="Zelphine Okwaramba")))
    client.force_login(people.bob)
    there = address("flag-child", made.persons.get())
    refused = client.post(there, {"reason": "Zelphine said so"})
    assert refused.status_code == 409
    assert "Zelphine" not in refused.content.decode()
    assert client.post(there, {"reason": "says thirteen"}).status_code == 302
    assert client.get(reverse("children")).status_code == 404
    client.force_login(people.alice)
    page = client.get(reverse("children")).content.decode()
    assert "says thirteen" in page
    assert "Zelphine" not in page
    minor = PossibleMinor.objects.get()
    assert client.post(address("release-child", minor), {"reason": "passport"}).status_code == 302
    assert "passport" in client.get(reverse("children")).content.decode()
