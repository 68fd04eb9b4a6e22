"""The pages of the ledger: what is there for whom, and what is asked there."""

import html
import json
import re

import pytest
from django.urls import reverse

from kavalan.casework import keys
from kavalan.casework.accounts.roles import OfficerRole
from kavalan.casework.accounts.services import give_role
from kavalan.casework.ledger.models import LedgerCheckpoint, LedgerEntry
from kavalan.casework.ledger.schedule import checkpoint_now
from kavalan.ledger import noted, parse_note, statements_in

from ..conftest import NOW


@pytest.fixture
def auditor(people):
    give_role(people.alice, NOW, officer=people.dora, role=OfficerRole.AUDITOR)
    return people.dora


@pytest.fixture
def of_exhibit(exhibit):
    return LedgerEntry.objects.get(subject=exhibit.public_id)


def rows(answer):
    return re.findall(r'href="/ledger/(\d+)/"', answer.content.decode())


def test_auditor_finds_the_entries_the_newest_first(client, auditor, exhibit):
    client.force_login(auditor)
    answer = client.get(reverse("ledger"))
    assert "Registered an exhibit" in answer.content.decode()
    assert [int(number) for number in rows(answer)] == sorted(map(int, rows(answer)), reverse=True)


def test_filters_come_from_the_address_in_the_units_zone(client, auditor, exhibit, of_exhibit):
    client.force_login(auditor)
    # NOW is half past two in the afternoon in India.
    query = {"verb": "exhibit.register", "object": exhibit.public_id, "since": "2026-03-01T14:30"}
    assert rows(client.get(reverse("ledger"), query)) == [str(of_exhibit.number)]
    assert rows(client.get(reverse("ledger"), {**query, "since": "2026-03-01T14:31"})) == []
    assert rows(client.get(reverse("ledger"), {**query, "until": "2026-03-01T14:30"})) == []


@pytest.mark.parametrize("query", [{"object": "E-1"}, {"since": "yesterday"}, {"verb": "moon.land"}])
def test_filter_that_cannot_be_read_is_said_and_shows_nothing(client, auditor, query):
    client.force_login(auditor)
    answer = client.get(reverse("ledger"), query)
    assert (answer.status_code, rows(answer)) == (422, [])


def test_who_oversees_nothing_learns_how_it_stands(client, people, exhibit):
    client.force_login(people.bob)
    answer = client.get(reverse("ledger")).content.decode()
    assert "No entry is open to you" in answer
    assert "Make a checkpoint now" not in answer


def test_exhibits_and_authorities_lead_to_their_entries(client, people, exhibit):
    client.force_login(people.alice)
    for page in (f"/exhibits/{exhibit.public_id}/", f"/authorities/{people.warrant.public_id}/"):
        (way,) = re.findall(r'href="(/ledger/\?(?:object|authority)=[^"]+)"', client.get(page).content.decode())
        assert rows(client.get(way)) != []


def test_entry_stands_in_the_words_that_its_hash_is_of(client, people, of_exhibit):
    client.force_login(people.alice)
    answer = html.unescape(client.get(reverse("ledger-entry", args=[of_exhibit.number])).content.decode())
    assert json.loads(re.search(r"\{\"actor.*?\}", answer)[0])["number"] == of_exhibit.number
    assert bytes(of_exhibit.hash).hex() in answer
    assert "This entry was changed" not in answer


def test_changed_entry_is_told(client, people, of_exhibit, root):
    root.run(("UPDATE ledger_entry SET verb = 'exhibit.lose' WHERE number = %s", [of_exhibit.number]))
    client.force_login(people.alice)
    assert b"This entry was changed" in client.get(reverse("ledger-entry", args=[of_exhibit.number])).content


def test_what_was_said_is_told_after_it_is_recorded(client, people, exhibit, of_exhibit, last_entry):
    client.force_login(people.alice)
    answer = client.post(reverse("ledger-said", args=[of_exhibit.number]), {"reason": "asked for by the court"})
    assert "a memory card" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry, payload = last_entry()
    assert (entry.verb, payload["reason"]) == ("ledger.disclose", "asked for by the court")


@pytest.mark.parametrize("reason", ["", "asked for by the court"])
def test_auditor_without_a_grant_is_not_told(client, auditor, of_exhibit, entries, reason):
    client.force_login(auditor)
    before = entries()
    answer = client.post(reverse("ledger-said", args=[of_exhibit.number]), {"reason": reason})
    assert (answer.status_code, b"a memory card" in answer.content, entries()) == (409, False, before)
    assert b"Tell me" not in client.get(reverse("ledger-entry", args=[of_exhibit.number])).content


def test_proof_is_given_once_a_checkpoint_covers_the_entry(client, people, of_exhibit, unlocked):
    client.force_login(people.alice)
    address = reverse("ledger-proof", args=[of_exhibit.number])
    assert client.get(address).status_code == 409
    checkpoint_now(NOW)
    answer = client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert json.loads(json.loads(answer.content)["entry"])["number"] == of_exhibit.number


def test_auditor_makes_a_checkpoint_where_the_keys_are_unlocked(client, auditor, unlocked):
    client.force_login(auditor)
    assert client.post(reverse("ledger-checkpoint")).status_code == 302
    assert LedgerCheckpoint.objects.get().size == LedgerEntry.objects.count()


def test_without_the_keys_it_is_refused(client, auditor):
    keys.hold(None)
    client.force_login(auditor)
    answer = client.post(reverse("ledger-checkpoint"))
    assert (answer.status_code, b"are locked" in answer.content) == (409, True)


def test_anchor_that_cannot_be_written_is_told_on_the_page(client, auditor, unlocked, settings, tmp_path):
    settings.KAVALAN_ANCHOR = tmp_path / "away" / "anchor"
    client.force_login(auditor)
    assert client.post(reverse("ledger-checkpoint")).status_code == 409
    answer = client.get(reverse("ledger")).content.decode()
    assert "is not there" in answer
    assert str(settings.KAVALAN_ANCHOR) in answer


def test_slip_says_the_last_checkpoint_to_people_and_programs(client, people, unlocked):
    checkpoint_now(NOW)
    note = parse_note(LedgerCheckpoint.objects.get().note)
    client.force_login(people.bob)
    page = html.unescape(client.get(reverse("ledger-slip")).content.decode())
    root = note.checkpoint.root.hex()
    assert " ".join(root[first : first + 4] for first in range(0, 16, 4)) in page
    saved = page.replace("<br>", "\n")
    assert statements_in(saved, "the page", outside=True) == [noted(note, "the page", outside=True)]
