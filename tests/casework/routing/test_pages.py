"""The pages of routing: what each shows to whom, and what none shows."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kavalan.casework.routing.models import Asked, Inquiry, IssuedLetter, OwnTable, Transfer
from kavalan.casework.routing.services import offer_transfer
from kavalan.casework.routing.services.transfers import Receiver
from tests.papers.required import fonts_built

from ..authority.conftest import a_paper
from ..conftest import NOW
from ..reports import lay_reports
from .conftest import fresh, name_in
from .test_adopt_table import TABLE

NUMBER = "+447700900123"


@pytest.fixture
def bob(client, people):
    client.force_login(people.bob)
    return client


def text_of(answer):
    """The page without what differs each time it is asked for."""
    return re.sub(r'value="\w{64}"', "", answer.content.decode())


def address(name, record=None):
    return reverse(name, args=[record.public_id] if record else [])


def test_routing_page_suggests_by_the_words_of_the_report(bob, coast):
    tip = {"form": "table", "persons": [{"role": "reported", "addresses": ["Beach Road, Kannur"]}]}
    (report,) = lay_reports(coast, 1, tip=tip)
    page = text_of(bob.get(address("report-routing", report)))
    assert "Cyber Crime Police Station, Kannur" in page
    assert '<option value="in-32-589" selected>Kannur</option>' in page


def test_reports_own_page_suggests_and_tells_where_it_was_offered(bob, people, coast):
    tip = {"form": "table", "persons": [{"role": "reported", "addresses": ["Beach Road, Kannur"]}]}
    (report,) = lay_reports(coast, 1, tip=tip)
    page = text_of(bob.get(address("report", report)))
    assert "its words speak of Kannur" in page
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill station"), reason="theirs")
    page = text_of(bob.get(address("report", report)))
    assert "offered to Hill station, not accepted yet" in page
    assert address("transfer", made) in page


def test_routing_page_says_unknown_where_no_row_speaks(bob, report):
    page = bob.get(address("report-routing", report), {"place": "in-32", "offence": "contact", "on": "2018-07-01"})
    assert "Unknown: no row of the tables speaks" in text_of(page)


def test_report_is_offered_to_an_office_of_the_tables(bob, report):
    query = "?place=in-32-589&offence=online&on=2026-03-01"
    row = "Kavalan: cyber-kannur, 2025-10-19"
    answer = bob.post(address("report-routing", report) + query, {"row": row, "reason": "theirs"})
    made = Transfer.objects.get()
    assert answer.url == address("transfer", made)
    assert (made.office, made.row, made.to_desk) == ("Cyber Crime Police Station, Kannur", row, None)


def test_report_is_offered_to_a_desk_here_and_accepted_by_it(client, bob, people, report, hill):
    bob.post(address("report-routing", report), {"desk": str(hill.public_id), "reason": "theirs"})
    made = Transfer.objects.get()
    assert (made.office, made.to_desk) == ("Hill Unit", hill)
    client.force_login(people.charlie)
    page = text_of(client.get(address("transfer", made)))
    assert "What it says opens when it is accepted" in page
    assert client.get(address("report-routing", report)).status_code == 404
    assert client.post(address("accept-transfer", made)).status_code == 302
    assert fresh(report).desk == hill
    assert client.get(address("report-routing", report)).status_code == 200


def test_offer_without_an_office_is_told_to_who_made_it(bob, report):
    answer = bob.post(address("report-routing", report), {"reason": "theirs"})
    assert answer.status_code == 422
    assert "Name the office" in text_of(answer)


def test_transfer_is_refused_and_taken_back_with_a_reason(client, bob, people, report, hill):
    to = Receiver("Hill Unit", hill)
    made = offer_transfer(people.bob, NOW, report=report, to=to, reason="theirs")
    assert bob.post(address("take-back-transfer", made), {"reason": ""}).status_code == 409
    assert bob.post(address("take-back-transfer", made), {"reason": "ours"}).status_code == 302
    again = offer_transfer(people.bob, NOW, report=report, to=to, reason="theirs")
    client.force_login(people.charlie)
    client.post(address("refuse-transfer", again), {"reason": "not ours"})
    assert "not ours" in text_of(client.get(address("transfer", again)))
    assert "Refused" in text_of(client.get(address("transfers")))


def test_transfer_of_other_desks_is_not_there(client, people, report):
    made = offer_transfer(people.bob, NOW, report=report, to=Receiver("Hill station"), reason="theirs")
    for officer in (people.dora, people.charlie):
        client.force_login(officer)
        for name in ("transfer", "accept-transfer", "refuse-transfer", "record-slip", "issue-letter"):
            ask = client.get if name == "transfer" else client.post
            assert ask(address(name, made)).status_code == 404


@fonts_built
def test_letter_and_slip_of_an_office_outside_are_kept(bob, people, report, unlocked):
    at = timezone.now() - timedelta(hours=1)
    made = offer_transfer(people.bob, at, report=report, to=Receiver("Hill station"), reason="theirs")
    assert bob.post(address("issue-letter", made), {"fir": "0/7/2026"}).status_code == 422
    assert bob.post(address("issue-letter", made), {"place": "Idukki"}).status_code == 302
    assert IssuedLetter.objects.get().form == "transfer"
    received = timezone.localtime(at + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
    said = {"received_by": "SHO", "received_at": received, "slip": a_paper()}
    assert bob.post(address("record-slip", made), said).status_code == 302
    page = text_of(bob.get(address("transfer", made)))
    assert Transfer.objects.get().slip.sha256_hex in page
    assert "Save the file" in page


def test_seen_before_names_what_is_open_and_asks_about_the_rest(bob, coast, hill, report):
    (own,) = lay_reports(coast, 1)
    (theirs,) = lay_reports(hill, 3)[2:]
    for one in (report, own, theirs):
        name_in(one, NUMBER)
    page = text_of(bob.get(address("report-seen", report)))
    assert own.reference in page
    assert theirs.reference not in page
    answer = bob.post(address("report-seen", report), {"identifier": f"phone {NUMBER}", "reason": "the same"})
    assert answer.url == address("inquiry", Inquiry.objects.get())
    assert f"ask Hill Unit, {theirs.reference}" in text_of(bob.get(answer.url))


def test_before_asking_every_page_is_the_same_whether_others_hold_it_or_not(bob, hill, report):
    name_in(report, NUMBER)
    ways = [address(name, report) for name in ("report", "report-seen", "report-routing")]
    ways += [address("inquiries"), address("ask-inquiry"), address("transfers")]
    typed = {"text": NUMBER}

    def pages():
        found = [text_of(bob.get(way)) for way in ways]
        return [*found, text_of(bob.post(address("ask-inquiry"), typed))]

    before = pages()
    for theirs in lay_reports(hill, 2):
        name_in(theirs, NUMBER)
    assert pages() == before


def test_what_was_typed_is_asked_with_a_reason(bob, report, hill):
    (theirs,) = lay_reports(hill, 1)
    name_in(theirs, "ann@example.org", "email")
    looked = bob.post(address("ask-inquiry"), {"text": "Ann@Example.org"})
    assert "No report that is open to you names it" in text_of(looked)
    assert not Inquiry.objects.exists()
    answer = bob.post(address("ask-inquiry"), {"text": "Ann@Example.org", "reason": "a case"})
    assert "ask Hill Unit" in text_of(bob.get(answer.url))


def test_what_names_nothing_is_told(bob, report):
    assert bob.post(address("ask-inquiry"), {"text": "hello"}).status_code == 422


def test_asked_desk_reads_who_asked_about_which_report_and_answers(client, people, report, hill):
    name_in(report, NUMBER)
    client.force_login(people.charlie)
    client.post(address("ask-inquiry"), {"text": NUMBER, "reason": "the same caller"})
    client.force_login(people.bob)
    page = text_of(client.get(address("inquiries")))
    assert all(word in page for word in ("Charlie Menon", "Hill Unit", "the same caller", report.reference))
    asked = Asked.objects.get()
    assert client.post(address("answer-inquiry", asked), {"reply": "maybe"}).status_code == 404
    client.post(address("answer-inquiry", asked), {"reply": "contact"})
    client.force_login(people.charlie)
    assert "yes, speak with us" in text_of(client.get(address("inquiries")))
    assert client.post(address("answer-inquiry", asked), {"reply": "nothing"}).status_code == 404


def test_table_is_shown_with_what_it_changes_before_it_is_taken_in(client, people, coast):
    client.force_login(people.alice)
    file = SimpleUploadedFile("table.toml", TABLE.encode(), "application/toml")
    page = client.post(address("adopt-table"), {"file": file})
    assert "Cyber desk of the hills" in text_of(page)
    assert not OwnTable.objects.exists()
    client.post(address("adopt-table"), {"text": page.context["text"].replace("\n", "\r\n"), "reason": "the order"})
    assert OwnTable.objects.get().text == TABLE
    shown = client.get(address("offices"), {"place": "in-32-596", "offence": "online", "on": "2026-03-01"})
    assert "Cyber desk of the hills" in text_of(shown)


@pytest.mark.parametrize("content", [b"\xff", b"title = 1"])
def test_table_that_cannot_be_read_is_told(client, people, coast, content):
    client.force_login(people.alice)
    answer = client.post(address("adopt-table"), {"file": SimpleUploadedFile("table.toml", content)})
    assert answer.status_code == 422
