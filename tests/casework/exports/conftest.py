"""An exhibit with results of every sort, and a file of them as Bob has it made."""

import io
import zipfile

import pytest

from kavalan.casework.exhibits.loader import load_batch
from kavalan.casework.exhibits.models import Content, Item
from kavalan.casework.exhibits.rules import Standing
from kavalan.casework.exhibits.services import start_scan
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.exports.models import Export, Form
from kavalan.casework.exports.services import MAKE, make_export
from kavalan.casework.exports.work import Exporting
from kavalan.casework.hits.models import Hit
from kavalan.casework.hits.rules import Kind, Method
from kavalan.casework.jobs.services import claim
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.privilege.services import supply_identifiers
from kavalan.casework.vault.store import vault
from kavalan.casework.verbs import step

from ..conftest import NOW
from ..exhibits.batches import row, unread, write

ROWS = [
    row(b"DCIM/Camera/1.jpg", b"1", "image/jpeg", modified=NOW, pdq=bytes(range(32)), pdq_quality=90),
    row(b"=HYPERLINK(0).jpg", b"2", "image/jpeg"),
    row(b"+1/3.mp4", b"3", "video/mp4", state="deleted"),
    unread(b"-4.zip", "@ it is encrypted"),
    row(b"adv-office/5.jpg", b"5", "image/jpeg"),
    row(b"copy of 1.jpg", b"1", "image/jpeg", pdq=bytes(range(32)), pdq_quality=90),
]


@step(Item, Hit, *KEPT)
def hit(exhibit, data, standing, method, **more):
    """A hit on a content, said at its items."""
    content = Content.objects.get(size=len(data), items__path=more.pop("path"))
    facts = {"owner": "Sample Exchange", "version": "1", "confirmed": "1", "state": "gen-1+0", "kind": Kind.POSITIVE}
    facts |= {"list_name": "sample", "found_at": NOW, "said": bytes([method]) * 32, "entry_key": "SX-1"}
    Hit.objects.create(unit=exhibit.authority.unit, content=content, method=method, **facts | more)
    with brought_forward([exhibit.pk], exhibit.items.all()):
        exhibit.items.filter(content=content).update(standing=standing)


@pytest.fixture
def filled(people, exhibit, unlocked, tmp_path):
    """E-1, with an item sealed as privileged; 1 is on a list, identical, and 3 near."""
    start_scan(people.alice, people.warrant, exhibit, NOW)
    load_batch(claim("scanner", NOW), exhibit, write(tmp_path / "batches", 1, ROWS), NOW)
    supply_identifiers(people.alice, NOW, exhibit=exhibit, identifiers=["adv-office"])
    categories = [["vics/2.0", "1"]]
    hit(exhibit, b"1", Standing.IDENTICAL, Method.SHA256, path=b"DCIM/Camera/1.jpg", categories=categories)
    hit(exhibit, b"3", Standing.NEAR, Method.NEAR, path=b"+1/3.mp4", distance=12, categories=categories)
    return exhibit


@pytest.fixture
def make(people, filled):
    """Has a file made, by Bob."""

    def do(form=Form.CSV, filters=""):
        made = make_export(people.bob, people.warrant, filled, NOW, form=form, filters=filters)
        run_next({MAKE: Exporting()}, "worker", lambda: NOW)
        return Export.objects.select_related("exhibit__authority", "kept", "job").get(pk=made.pk)

    return do


@pytest.fixture
def members():
    """What is in a file: its members by their names."""

    def read(export):
        with vault().open(export.kept.name) as reader:
            archive = zipfile.ZipFile(io.BytesIO(_all(reader)))
        return {name: archive.read(name) for name in archive.namelist()}

    return read


def _all(reader):
    pieces = []
    while piece := reader.read(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)
