"""A worker that is killed while it scans: the next goes on at once, and the end is as if nothing had happened."""

import hashlib
import os
import random
import signal
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.models import Item, ScanBatch
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.hits.models import Hit, ScanMatching
from kavalan.casework.jobs.models import Job, State
from kavalan.casework.jobs.rules import MOST_ATTEMPTS
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.workspace import lists_of
from kavalan.lists import Catalogue, Entry, ListInfo
from kavalan.lists import Kind as ListKind
from tests.pictures import landscape

from ..conftest import grounds
from .conftest import faults, kills, restores, start

BATCH = 3
FILES = 32
WORK = f"""
import sys
from functools import partial
import django
django.setup()
from kavalan.casework import worker
from kavalan.casework.exhibits.models import ScanBatch
sys.path.append(sys.argv[1])  # each decoder is started with it, and so is known by it

class Telling(worker.ExhibitScan):
    def load(self, job, batch, now):
        # Those of an earlier life come first and are passed over.
        new = not ScanBatch.objects.filter(exhibit__scan=job, number=batch.number).exists()
        super().load(job, batch, now)
        if new:
            print("loaded", flush=True)

worker.ExhibitScan = partial(Telling, batch_rows={BATCH})
print("begins", flush=True)
for job in worker.do_jobs(2):
    print(job.state, flush=True)
"""


def drawn(folder, number):
    """A folder of pictures and texts that no other folder has."""
    folder.mkdir()
    for file in range(FILES):
        if file % 4:
            landscape(64, 48, seed=number * FILES + file).save(folder / f"{file:02}.png")
        else:
            (folder / f"{file:02}.txt").write_text(f"{number} {file}")
    return folder


def digests(folder):
    """By path, in the order of a scan."""
    return {os.fsencode(path.name): hashlib.sha256(path.read_bytes()).digest() for path in sorted(folder.iterdir())}


class Scans:
    """Exhibits of one warrant, one after another, each with a list that knows a third of its files."""

    def __init__(self, people, workspace):
        self.people, self.workspace, self.count = people, workspace, 0
        now = timezone.now()
        allowed = grounds(*(f"E-{number}" for number in range(99)), start=now, end=now + timedelta(days=30))
        self.warrant = record_authority(people.alice, now, kind=Kind.WARRANT, reference="W 9/2026", grounds=allowed)

    def begin(self):
        """Register a new exhibit and ask for its scan."""
        self.count += 1
        now = timezone.now()
        folder = drawn(self.workspace / "evidence" / f"card {self.count}", self.count)
        catalogue = Catalogue(lists_of(self.workspace))
        info = ListInfo(
            name=f"known-{self.count}", owner="Sample Exchange", version="1", kind=ListKind.POSITIVE, obtained=now
        )
        catalogue.create(info)
        with catalogue.edit(info.name) as editor:
            known = list(digests(folder).values())[::3]
            editor.add([Entry(position=number, sha256=digest) for number, digest in enumerate(known)])
        draft = ExhibitDraft(f"E-{self.count}", folder, self.people.compartment)
        exhibit = register_exhibit(self.people.alice, self.warrant, draft, now)
        return start_scan(self.people.alice, self.warrant, exhibit, now), folder


@pytest.fixture
def scans(people, shared):
    return Scans(people, shared)


class Life:
    """One worker from its start to its end."""

    def __init__(self, workspace):
        self.mark = f"/nowhere/{uuid.uuid4().hex}"
        self.process = start(WORK, self.mark, workspace=workspace)

    def runs(self):
        """The processes that are known by the mark: the worker and its decoders."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
        return found

    def wait_for(self, batches):
        """Wait until it has loaded so many batches, or all."""
        while batches and self.process.stdout.readline() == b"loaded\n":
            batches -= 1

    def kill(self, *, alone):
        """Kill the worker, or all its processes with it; then none is left."""
        for pid in [self.process.pid] if alone else self.runs():
            os.kill(pid, signal.SIGKILL)
        self.process.communicate()
        for _ in range(1000):
            if not self.runs():
                return
            time.sleep(0.02)
        pytest.fail(f"left running: {self.runs()}")


def assert_as_if_uninterrupted(exhibit, folder):
    wanted = digests(folder)
    items = Item.objects.filter(exhibit=exhibit).select_related("content").order_by("number")
    found = [(item.number, bytes(item.path), bytes(item.content.sha256)) for item in items]
    assert found == [(number, *pair) for number, pair in enumerate(wanted.items(), start=1)]
    batches = ScanBatch.objects.filter(exhibit=exhibit).order_by("number")
    rows = [BATCH] * (FILES // BATCH) + [FILES % BATCH]
    assert list(batches.values_list("number", "rows")) == list(enumerate(rows, start=1))
    known = list(wanted.values())[::3]
    hits = Hit.objects.filter(content__in=items.values("content"))
    assert sorted(bytes(hit.content.sha256) for hit in hits) == sorted(known)
    matched = ScanMatching.objects.get(exhibit=exhibit)
    assert (matched.contents, matched.found, matched.withdrawn) == (FILES, len(known), 0)
    verbs = LedgerEntry.objects.filter(subject=exhibit.public_id).order_by("number").values_list("verb", flat=True)
    assert list(verbs) == ["exhibit.register", "scan.start", "scan.finish"]


def test_scan_whose_workers_are_killed_ends_as_if_uninterrupted(shared, scans, tmp_path):
    chance = random.Random(13)  # noqa: S311 no secret
    left = kills(4)
    while left:
        exhibit, folder = scans.begin()
        while left and (job := Job.objects.get(pk=exhibit.scan_id)).active:
            life = Life(shared)
            # A job that kills three workers before a batch is through is given up, and rightly.
            least = int(job.attempts == MOST_ATTEMPTS - 1)
            life.wait_for(chance.randrange(least, 4))
            time.sleep(chance.uniform(0, 0.1))
            life.kill(alone=left % 2 == 0)
            assert faults(shared) == []
            left -= 1
        life = Life(shared)
        life.process.communicate()
        assert Job.objects.get(pk=exhibit.scan_id).state == State.DONE
        assert_as_if_uninterrupted(exhibit, folder)
    assert restores(shared, tmp_path)
