"""Loading batches."""

import threading
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from kavalan.casework.access.models import Compartment
from kavalan.casework.access.services import open_compartment
from kavalan.casework.exhibits import loader
from kavalan.casework.exhibits.loader import ScanDiffersError, load_batch
from kavalan.casework.exhibits.models import Content, Item, ScanBatch
from kavalan.casework.exhibits.rules import Family
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.rules import LEASE
from kavalan.casework.jobs.services import LeaseLostError, claim
from kavalan.casework.ledger.selectors import verify_ledger

from ..conftest import NOW
from .batches import row, unread, write

MODIFIED = datetime(2025, 12, 24, 18, 0, 0, 123456, tzinfo=UTC)


def test_row_becomes_item_and_content(load):
    picture = row(b"a/\xff.jpg", b"pixels", "image/jpeg", pdq=b"\x0f" * 32, pdq_quality=88, modified=MODIFIED)
    load([picture])
    item = Item.objects.select_related("content").get()
    assert (item.number, bytes(item.path), item.family, item.modified) == (1, b"a/\xff.jpg", Family.PICTURE, MODIFIED)
    content = item.content
    kept = {name: bytes(getattr(content, name)) for name in ("md5", "sha1", "sha256", "pdq")}
    assert kept == {name: picture[name] for name in kept}
    assert (content.kind, content.size, content.pdq_quality, item.error) == ("image/jpeg", 6, 88, "")


def test_unread_item_is_kept_counted_and_says_why(load):
    load([unread(b"locked", "permission denied"), row(b"cut.jpg", b"x", "image/jpeg", error="truncated")])
    locked, cut = Item.objects.order_by("number")
    assert (locked.content, locked.error, locked.family) == (None, "permission denied", Family.OTHER)
    assert (cut.content.size, cut.error) == (1, "truncated")
    assert ScanBatch.objects.get().unread == 2


def test_same_content_twice_is_one_content_and_two_items(load):
    load([row(b"one", b"same"), row(b"two", b"same")])
    load([row(b"three", b"same")], number=2)
    assert (Content.objects.count(), Item.objects.count()) == (1, 3)


def test_numbers_run_on_over_batches(load):
    load([row(b"a"), row(b"b")])
    load([row(b"c")], number=2)
    assert list(Item.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_batch_loaded_twice_is_there_once(load, job, exhibit):
    batch = load([row(b"a"), row(b"b", b"b")])
    load_batch(job, exhibit, batch, NOW)
    assert (Item.objects.count(), Content.objects.count(), ScanBatch.objects.count()) == (2, 2, 1)


def test_other_batch_of_the_same_number_is_refused(load):
    load([row(b"a")])
    with pytest.raises(ScanDiffersError, match="batch 1"):
        load([row(b"b")])
    assert bytes(Item.objects.get().path) == b"a"


def test_same_content_in_two_exhibits_is_shared(load, people, folder, tmp_path):
    load([row(b"a", b"same")])
    draft = ExhibitDraft("E-2", folder, people.compartment)
    other = register_exhibit(people.alice, people.warrant, draft, NOW)
    start_scan(people.alice, people.warrant, other, NOW)
    load_batch(claim("worker two", NOW), other, write(tmp_path / "other", 1, [row(b"z", b"same")]), NOW)
    assert (Content.objects.count(), Item.objects.count()) == (1, 2)
    assert Item.objects.get(exhibit=other).number == 1


def test_cursor_and_progress_move_with_the_batch(load, job):
    load([row(b"a"), row(b"b")])
    load([row(b"c")], number=2)
    kept = Job.objects.get(pk=job.pk)
    assert (kept.cursor, kept.progress, kept.attempts) == (2, 3, 0)


def test_worker_that_lost_the_job_loads_nothing(load, job):
    claim("other", NOW + LEASE + timedelta(seconds=1))
    with pytest.raises(LeaseLostError):
        load([row(b"a")])
    assert (Item.objects.count(), Content.objects.count(), ScanBatch.objects.count()) == (0, 0, 0)


def test_statements_grow_by_chunks_and_never_by_item(load):
    with CaptureQueriesContext(connection) as captured:
        load([row(b"%d" % number, b"%d" % number) for number in range(2_000)])
    assert Item.objects.count() == 2_000
    assert len(captured) < 70


def test_empty_batch_is_loaded(load):
    load([])
    assert ScanBatch.objects.get().rows == 0


def many(count):
    return [row(b"%d" % number, b"%d" % number) for number in range(count)]


def test_load_that_was_cut_off_goes_on_where_it_stood(load, job, monkeypatch):
    seal = loader.seal_matches

    def cut_off(exhibit, after):
        if after:
            raise InterruptedError
        return seal(exhibit, after=after)

    monkeypatch.setattr(loader, "seal_matches", cut_off)
    with pytest.raises(InterruptedError):
        load(many(1_500))
    assert (Item.objects.count(), Job.objects.get(pk=job.pk).cursor) == (1_000, 0)
    monkeypatch.undo()
    load(many(1_500))
    kept = list(Item.objects.order_by("number").values_list("number", "path"))
    assert [(number, bytes(path)) for number, path in kept] == [(at + 1, b"%d" % at) for at in range(1_500)]
    assert (ScanBatch.objects.get().rows, Job.objects.get(pk=job.pk).cursor) == (1_500, 1)


def test_load_that_was_cut_off_is_not_ended_with_another_batch(load, monkeypatch):
    monkeypatch.setattr(loader, "_AT_ONCE", 1)
    monkeypatch.setattr(loader, "keep", Mock(side_effect=[None, InterruptedError]))
    with pytest.raises(InterruptedError):
        load([row(b"a"), row(b"b")])
    monkeypatch.undo()
    with pytest.raises(ScanDiffersError, match="batch 1"):
        load([row(b"a"), row(b"c")])


def test_writers_beside_a_load_are_never_refused_and_nothing_is_lost(load, people):
    faults = []

    def write(writer):
        try:
            for number in range(15):
                open_compartment(people.alice, NOW, name=f"Room {writer}-{number}")
        except Exception as error:  # noqa: BLE001 whatever went wrong in the thread is the finding
            faults.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(5)]
    for thread in threads:
        thread.start()
    load(many(3_000))
    for thread in threads:
        thread.join()
    assert faults == []
    assert (Item.objects.count(), Content.objects.count()) == (3_000, 3_000)
    assert Compartment.objects.filter(name__startswith="Room ").count() == 75
    assert verify_ledger().holds
