"""The sequence of custody as the ledger tells it."""

from datetime import date

import pytest

from kavalan.casework.accounts.ranks import ranks
from kavalan.casework.accounts.services import record_rank
from kavalan.casework.exhibits.services import (
    ExhibitDraft,
    cancel_scan,
    finish_scan,
    register_exhibit,
    start_scan,
)
from kavalan.casework.guard import writing
from kavalan.casework.jobs.services import claim
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.casework.papers.custody import ACTS, NOT_OF_CUSTODY, custody_of
from kavalan.casework.privilege.services import supply_identifiers
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import finish_keeping, keep_exhibit

from ..conftest import LATER, NOW
from ..verbs.test_verb import all_verbs


@pytest.fixture
def scanned(people, exhibit):
    """E-1, collected, its scan begun and ended."""
    start_scan(people.alice, people.warrant, exhibit, NOW)
    finish_scan(people.alice, people.warrant, exhibit, NOW, job=claim("worker", NOW))
    return exhibit


def test_every_act_stands_there_with_the_ledgers_number_and_hash(people, scanned):
    paper = custody_of(scanned, people.bob, LATER)
    entries = list(LedgerEntry.objects.filter(subject=scanned.public_id).order_by("number"))
    assert [event.act for event in paper.events] == ["collected", "examined", "examined"]
    told = [(event.entry.number, event.entry.hash, event.at) for event in paper.events]
    assert told == [(entry.number, bytes(entry.hash).hex(), entry.at) for entry in entries]
    assert {(event.by.badge, event.authority) for event in paper.events} == {("alice", "W 7/2026")}
    assert (paper.unit, paper.case, paper.exhibit.number) == ("Coastal Unit", "W 7/2026", "E-1")
    assert (paper.prepared_by.badge, paper.prepared_at) == ("bob", LATER)


def test_last_act_says_how_many_items_were_read(people, scanned):
    note = custody_of(scanned, people.alice, NOW).events[-1].note
    assert note.startswith("fingerprinted to the end: 0 items, 0 not wholly readable; SHA-256")


def test_officers_stand_there_by_the_rank_they_had_and_nobody_is_named(people, scanned):
    paper = custody_of(scanned, people.alice, NOW)
    assert paper.events[0].by.rank == "rank not recorded"
    record_rank(people.alice, NOW, officer=people.bob, rank=ranks()["inspector"], since=date(2026, 1, 1))
    assert custody_of(scanned, people.bob, NOW).prepared_by.rank == "Inspector of Police"
    assert "Kurian" not in repr(paper)


def test_what_is_no_act_of_custody_is_left_out(people, exhibit):
    supply_identifiers(people.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    start_scan(people.alice, people.warrant, exhibit, NOW)
    cancel_scan(people.alice, NOW, exhibit=exhibit)
    assert [event.act for event in custody_of(exhibit, people.alice, NOW).events] == ["collected", "examined"]


def test_purged_payload_leaves_the_act_and_takes_the_note(people, scanned):
    with writing(frozenset({"ledger_payload"})):
        LedgerPayload.objects.all().delete()
    assert [event.act for event in custody_of(scanned, people.alice, NOW).events][-1] == "examined"
    assert custody_of(scanned, people.alice, NOW).events[-1].note is None


@pytest.mark.parametrize(("way", "act"), [(Way.COPY, "copied"), (Way.HELD, "examined")])
def test_exhibit_that_is_kept_was_copied_or_read_where_it_lies(people, folder, unlocked, way, act):
    file = folder / "image.dd"
    file.write_bytes(b"a landscape" * 99)
    draft = ExhibitDraft("E-2", file, people.compartment)
    exhibit = register_exhibit(people.alice, people.warrant, draft, NOW)
    keep_exhibit(people.alice, people.warrant, exhibit, NOW, way=way)
    keeping = exhibit.safekeepings.get()
    finish_keeping(people.alice, people.warrant, keeping, NOW, job=claim("worker", NOW))
    assert [event.act for event in custody_of(exhibit, people.alice, NOW).events] == ["collected", act]


WHOSE = ("exhibit.", "scan.", "keeping.", "evidence.", "privilege.")


def test_every_verb_about_an_exhibit_is_an_act_or_is_left_out_for_a_reason():
    about = {verb.name for verb in all_verbs() if verb.name.startswith(WHOSE)}
    assert about <= ACTS.keys() | NOT_OF_CUSTODY.keys()
    assert not ACTS.keys() & NOT_OF_CUSTODY.keys()
