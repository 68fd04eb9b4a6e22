"""Lists in the workspace, and contents that were taken in and held against them."""

import hashlib

import pytest

from kavalan.casework.exhibits.loader import load_batch
from kavalan.casework.exhibits.models import Content
from kavalan.casework.exhibits.services import start_scan
from kavalan.casework.hits.models import Hit
from kavalan.casework.hits.services import REMATCH, start_rematch
from kavalan.casework.hits.work import BatchMatching, Rematching
from kavalan.casework.jobs.models import Job
from kavalan.casework.jobs.services import claim
from kavalan.casework.jobs.worker import run_next
from kavalan.lists import Agreement, Catalogue, Category, Entry, Kind, ListInfo

from ..conftest import LATER, NOW
from ..exhibits.batches import row, write

A, B = Category("demo/1", "A"), Category("demo/1", "B")


def hashed(number):
    """A hash of nothing but a number: 32 bytes, about half of the bits set."""
    return hashlib.sha256(b"hash %d" % number).digest()


def away(pdq, bits):
    """The hash with its first bits turned."""
    return (int.from_bytes(pdq) ^ (1 << bits) - 1).to_bytes(32)


def picture(path, number, quality=90, **more):
    """A picture of which all is made up: its bytes, its PDQ, and the seven of it turned."""
    turned = b"".join(hashed(1000 * number + turn) for turn in range(1, 8))
    facts = {"pdq": hashed(1000 * number), "pdq_quality": quality, "rotations": turned}
    return row(path, b"picture %d" % number, "image/jpeg", **(facts | more))


def entry(position, data=None, digests=("sha256",), categories=(A,), **more):
    """An entry that knows bytes by some of their digests."""
    known = {name: hashlib.new(name, data).digest() for name in digests} if data is not None else {}
    return Entry(position=position, categories=categories, **known, **more)


@pytest.fixture
def catalogue(people, workspace):
    return Catalogue(workspace / "lists", lambda: NOW)


@pytest.fixture
def make_list(catalogue):
    """Makes a list of entries, or adds them to it."""

    def make(name, *entries, kind=Kind.POSITIVE, owner="Example Exchange", version="2026-02", agreement=None):
        if name not in catalogue.names():
            catalogue.create(
                ListInfo(name=name, owner=owner, version=version, kind=kind, obtained=NOW, agreement=agreement)
            )
        with catalogue.edit(name) as editor:
            editor.add(entries)

    return make


@pytest.fixture
def agreed():
    """An agreement for units, until some time."""

    def make(*units, until=LATER):
        return Agreement(reference="MoU 3/2025", purpose="to find children", units=units, until=until)

    return make


@pytest.fixture
def job(people, exhibit):
    """The scan of E-1, held by a worker."""
    start_scan(people.alice, people.warrant, exhibit, NOW)
    return claim("worker", NOW)


@pytest.fixture
def take_in(job, exhibit, catalogue, tmp_path):
    """Loads rows as a batch of the scan and matches them; gives the number of each content by its path."""
    matching = BatchMatching(catalogue, lambda: NOW)

    def load_rows(rows, number=1):
        batch = write(tmp_path / "batches", number, rows)
        load_batch(job, exhibit, batch, NOW)
        matching(job, exhibit, batch, NOW)
        return {bytes(item.path): item.content_id for item in exhibit.items.all()}

    return load_rows


@pytest.fixture
def rematch(people, catalogue):
    """Matches Alice's unit's contents again, in batches of two."""

    def run(now=NOW, work=None):
        job = start_rematch(people.alice, now).job
        # The scan's job is another kind, and is held.
        run_next({REMATCH: work or Rematching(catalogue, batch_contents=2)}, f"rematch {job.pk}", lambda: now)
        return Job.objects.select_related("rematch").get(pk=job.pk)

    return run


@pytest.fixture
def say():
    """The hits on a content, as a list of what they say."""

    def read(content, *names):
        hits = Hit.objects.filter(content=content).order_by("withdrawn_at", "method", "distance", "list_name", "pk")
        return [tuple(getattr(hit, name) for name in names) for hit in hits]

    return read


@pytest.fixture
def contents():
    return Content.objects.count
