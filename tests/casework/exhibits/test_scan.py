"""The scan of a real folder, through the sandbox, into the database."""

import os
from dataclasses import replace

import pytest

from kavalan.casework.authority.services import withdraw_authority
from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.models import Content, Item, ScanBatch
from kavalan.casework.exhibits.scan import ExhibitScan
from kavalan.casework.exhibits.selectors import counts
from kavalan.casework.exhibits.services import SCAN, start_scan
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.rules import HEARTBEAT
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.worker import work_off
from kavalan.casework.workspace import scans_of
from kavalan.fingerprint import Fingerprinter, fingerprint_file
from tests.pictures import write_photo

from ..conftest import LATER, NOW


@pytest.fixture(scope="module")
def fingerprinter():
    with Fingerprinter(workers=1, rotations=True) as running:
        yield running


@pytest.fixture
def source(folder):
    """Two pictures, one of them twice, a text, a picture cut short."""
    write_photo(folder / "a.jpg", 320, 240)
    write_photo(folder / "b.png", 200, 150)
    (folder / "copy of a.jpg").write_bytes((folder / "a.jpg").read_bytes())
    (folder / "note.txt").write_text("a note")
    (folder / "short.jpg").write_bytes((folder / "a.jpg").read_bytes()[:400])
    return folder


@pytest.fixture
def scan(people, source, exhibit, workspace, fingerprinter):
    """The scan of that folder, asked for and not begun, in batches of two."""
    start_scan(people.alice, people.warrant, exhibit, NOW)
    return ExhibitScan(workspace, fingerprinter, then=lambda *_: None, batch_rows=2)


def run(work, clock=lambda: NOW, worker="one"):
    return run_next({SCAN: work}, worker, clock)


def listed():
    items = Item.objects.select_related("content").order_by("number")
    return [(item.number, bytes(item.path), item.content and item.content.sha256_hex) for item in items]


def test_every_file_is_listed_with_its_fingerprint(scan, source, exhibit):
    job = run(scan)
    assert (job.state, job.cursor, job.progress) == (State.DONE, 3, 5)
    names = sorted(os.fsencode(path.name) for path in source.iterdir())
    assert [path for _, path, _ in listed()] == names
    for item in Item.objects.select_related("content"):
        alone = fingerprint_file(source / os.fsdecode(bytes(item.path)))
        kept = item.content
        assert (bytes(kept.sha256), kept.kind, kept.size) == (alone.sha256, alone.kind, alone.size)
        assert (kept.pdq and bytes(kept.pdq), kept.pdq_quality) == (alone.pdq, alone.pdq_quality)
    assert (Content.objects.count(), counts(exhibit).pictures, counts(exhibit).unread) == (4, 4, 1)


def test_scan_interrupted_after_any_batch_ends_the_same(scan):
    class Interrupted(ExhibitScan):
        def load(self, job, batch, now):
            super().load(job, batch, now)
            raise KeyboardInterrupt  # as when the process is told to end

    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            run(Interrupted(scan.workspace, scan.fingerprinter, scan.then, scan.batch_rows))
    assert run(scan).state == State.DONE
    assert [number for number, _, _ in listed()] == [1, 2, 3, 4, 5]
    assert ScanBatch.objects.count() == 3


def test_batch_that_is_cut_on_disk_is_named_and_its_cure_helps(scan, source, exhibit):
    class Interrupted(ExhibitScan):
        def load(self, job, batch, now):
            super().load(job, batch, now)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Interrupted(scan.workspace, scan.fingerprinter, scan.then, scan.batch_rows))
    batches = scans_of(scan.workspace) / str(exhibit.public_id)
    os.truncate(batches / "batch-000001.parquet", 300)
    job = run(scan)
    assert (job.state, "batch-000001.parquet is damaged" in job.fault) == (State.WAITING, True)
    assert "empty it and scan again" in job.fault
    for path in batches.iterdir():
        path.unlink()
    assert run(scan).state == State.DONE
    assert [path for _, path, _ in listed()] == sorted(os.fsencode(path.name) for path in source.iterdir())


def test_lapsed_authority_stops_it_before_a_file_is_read(scan):
    job = run(scan, lambda: LATER)
    assert (job.state, listed()) == (State.REFUSED, [])
    assert list(scans_of(scan.workspace).iterdir()) == []


def test_withdrawal_stops_a_scan_under_way_and_what_was_loaded_stays(scan, people, exhibit):
    def withdraw(*_):
        withdraw_authority(people.dora, NOW, authority=people.warrant, reason="taken back by P-17")

    job = run(replace(scan, then=withdraw))
    assert (job.state, "withdrawn" in job.fault, job.cursor, len(listed())) == (State.REFUSED, True, 1, 2)
    with pytest.raises(RefusedError, match="withdrawn"):
        start_scan(people.alice, people.warrant, exhibit, NOW)


def test_missing_folder_is_a_fault_kept_with_the_job(scan, source):
    for path in source.iterdir():
        path.unlink()
    source.rmdir()
    job = run(scan)
    assert (job.state, "NotADirectoryError" in job.fault or "FileNotFoundError" in job.fault) == (State.WAITING, True)


def test_heartbeats_come_with_the_items_and_not_with_each(scan, monkeypatch):
    beats = []
    monkeypatch.setattr("kavalan.casework.exhibits.scan.beat", lambda job, progress, now: beats.append(progress))
    times = iter(NOW + number * HEARTBEAT / 2 for number in range(1000))
    run(scan, lambda: next(times))
    assert 1 <= len(beats) < 5
    assert beats == sorted(beats)


def test_scan_lists_are_kept_under_the_exhibits_id_only(scan, exhibit):
    run(scan)
    assert [path.name for path in scans_of(scan.workspace).iterdir()] == [str(exhibit.public_id)]


def test_work_off_does_all_that_waits_and_names_each_job_once(scan, source, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    source.rename(source.with_name("moved away"))
    assert [job.state for job in work_off(decoders=1)] == [State.FAILED]
    assert work_off(decoders=1) == []
