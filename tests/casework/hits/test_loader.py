"""Writing down what the lists answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from msgspec.structs import replace

from kavalan.casework.access.services import open_compartment
from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.loader import load_batch
from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.guard import writing
from kavalan.casework.hits.loader import Answered, load_scan_batch
from kavalan.casework.hits.matching import UnitLists
from kavalan.casework.hits.models import ErrorRate, Hit, ScanMatching
from kavalan.casework.hits.rules import Seen
from kavalan.casework.hits.work import BatchMatching
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.services import LeaseLostError, claim
from kavalan.lists import Entry
from kavalan.matching.error_rates import quote

from ..conftest import NOW, grounds
from ..exhibits.batches import row, write
from .conftest import A, B, away, entry, hashed, picture

LATER_ON = NOW + timedelta(minutes=1)


def test_worker_that_lost_the_scan_writes_no_hit(exhibit, job, make_list, take_in):
    make_list("known", entry(1, b"one"))
    found = take_in([row(b"a", b"two")])
    claim("other", NOW + LEASE + timedelta(seconds=1))
    hit = Hit(content_id=found[b"a"], list_name="known", kind="positive", method=1, said=b"1" * 32)
    with pytest.raises(LeaseLostError):
        load_scan_batch(job, exhibit, 2, Answered((found[b"a"],), (hit,), (Seen("known"),)), NOW)
    assert (Hit.objects.count(), ScanMatching.objects.get().batch) == (0, 1)


def test_answer_that_is_loaded_twice_is_there_once(exhibit, job, take_in):
    found = take_in([row(b"a", b"one")])

    def answered():
        hit = Hit(content_id=found[b"a"], list_name="known", kind="positive", method=1, said=b"1" * 32)
        return Answered((found[b"a"],), (hit,), (Seen("known", state="gen-1+0"),))

    load_scan_batch(job, exhibit, 2, answered(), NOW)
    load_scan_batch(job, exhibit, 2, answered(), NOW)
    matching = ScanMatching.objects.get()
    assert (Hit.objects.count(), matching.found, matching.contents) == (1, 1, 2)


def test_new_delivery_that_says_the_same_keeps_the_hit_and_names_both_versions(
    catalogue, make_list, take_in, rematch, say
):
    make_list("known", entry(1, b"one"), version="2026-02")
    found = take_in([row(b"a", b"one")])
    with catalogue.edit("known") as editor:
        editor.change_info(replace(catalogue.status("known").info, version="2026-03"))
        editor.compact()
    rematch(LATER_ON)
    assert say(found[b"a"], "version", "confirmed", "state", "found_at", "withdrawn_at") == [
        ("2026-02", "2026-03", "gen-1+1", NOW, None)
    ]


def test_entry_that_gets_another_category_is_another_hit_and_the_old_one_is_struck(
    catalogue, make_list, take_in, rematch, say
):
    make_list("known", entry(1, b"one", key="k", categories=(A,)))
    found = take_in([row(b"a", b"one")])
    with catalogue.edit("known") as editor:
        editor.apply([entry(1, b"one", key="k", categories=(B,))])
    rematch(LATER_ON)
    said = say(found[b"a"], "categories", "found_at", "withdrawn_at")
    assert sorted(said, key=lambda each: each[1]) == [
        ([["demo/1", "A"]], NOW, LATER_ON),
        ([["demo/1", "B"]], LATER_ON, None),
    ]


def test_held_hit_is_not_let_go_by_a_rematch(make_list, take_in, rematch, say):
    make_list("known", entry(1, b"same", ("md5",)))
    found = take_in([row(b"a", b"same")])
    with writing(frozenset({"hits_hit"})):
        Hit.objects.update(held=True)
    rematch(LATER_ON)
    assert say(found[b"a"], "held") == [(True,)]


def test_items_of_another_unit_do_not_stand_by_these_hits(
    people, exhibit, job, folder, make_list, agreed, catalogue, take_in, tmp_path, say
):
    make_list("ours", entry(1, b"one"), agreement=agreed("Coastal Unit"))
    found = take_in([row(b"a", b"one")])
    room = open_compartment(people.charlie, NOW, name="elsewhere")
    theirs = record_authority(people.charlie, NOW, kind=Kind.WARRANT, reference="W 9", grounds=grounds("H-1"))
    other = register_exhibit(people.charlie, theirs, ExhibitDraft("H-1", folder, room), NOW)
    start_scan(people.charlie, theirs, other, NOW)
    batch, held = write(tmp_path / "theirs", 1, [row(b"z", b"one")]), claim("theirs", NOW)
    load_batch(held, other, batch, NOW)
    BatchMatching(catalogue, lambda: NOW)(held, other, batch, NOW)
    assert (exhibit.items.get().known, other.items.get().known) == (Standing.IDENTICAL, Standing.UNKNOWN)
    assert say(found[b"a"], "unit") == [(people.alice.unit,)]


def test_statements_grow_by_chunks_and_never_by_hit(make_list, take_in):
    make_list("known", *(entry(number, b"%d" % number) for number in range(1000)))
    with CaptureQueriesContext(connection) as captured:
        take_in([row(b"%d" % number, b"%d" % number) for number in range(1000)])
    assert Hit.objects.count() == 1000
    assert len(captured) < 100


def test_the_lists_are_asked_outside_the_transaction(make_list, take_in, monkeypatch):
    make_list("known", entry(1, b"one"))
    within = []
    ask = UnitLists.ask
    monkeypatch.setattr(
        UnitLists, "ask", lambda *arguments: within.append(connection.in_atomic_block) or ask(*arguments)
    )
    take_in([row(b"a", b"one")])
    assert within == [False]


def test_lease_is_renewed_with_each_batch(job, take_in):
    take_in([row(b"a", b"one")])
    assert Job.objects.get(pk=job.pk).lease_until == NOW + LEASE


def test_what_is_said_of_near_hits_is_stored_once_and_stays_with_them(make_list, take_in):
    make_list("known", *(Entry(position=n, pdq=away(hashed(1000 * n), 5), pdq_quality=90) for n in range(1, 4)))
    take_in([picture(b"%d.jpg" % number, number) for number in range(1, 4)])
    assert {hit.error_rate.text for hit in Hit.objects.select_related("error_rate")} == {quote(5, 90)}
    assert ErrorRate.objects.count() == 1
