"""A worker that is killed while it scans: the next goes on at once, and the end is as if nothing had happened."""

import hashlib
import os
import random
import time

import pytest
from django.utils import timezone

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

from .conftest import faults, kills, restores
from .life import Life

BATCH = 3
FILES = 32
WORK = f"""
import sys
from functools import partial
import django
django.setup()
from kavalan.casework import worker
from kavalan.casework.exhibits.models import ScanBatch
sys.path.append(sys.argv[1])

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

    def __init__(self, people, workspace, warrant):
        self.people, self.workspace, self.warrant, self.count = people, workspace, warrant, 0

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
def scans(people, shared, in_force):
    return Scans(people, shared, in_force)


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
    left = kills(3)
    while left:
        exhibit, folder = scans.begin()
        while left and (job := Job.objects.get(pk=exhibit.scan_id)).active:
            life = Life(WORK, shared)
            # A job that kills three workers before a batch is through is given up, and rightly.
            least = int(job.attempts == MOST_ATTEMPTS - 1)
            life.wait_for(chance.randrange(least, 4))
            time.sleep(chance.uniform(0, 0.1))
            life.kill(alone=left % 2 == 0)
            assert faults(shared) == []
            left -= 1
        life = Life(WORK, shared)
        life.process.communicate()
        assert Job.objects.get(pk=exhibit.scan_id).state == State.DONE
        assert_as_if_uninterrupted(exhibit, folder)
    assert restores(shared, tmp_path)
