"""The desk of the load's benchmark; imported once Django is set up."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import polars as pl

from kavalan.casework.access.models import Compartment
from kavalan.casework.access.services import open_compartment
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.services import enrol_officer, found_unit
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.loader import load_batch
from kavalan.casework.exhibits.models import Content, Exhibit, Item
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.jobs.services import claim
from kavalan.casework.ledger.selectors import verify_ledger
from kavalan.scan import Batch
from kavalan.scan.batch import SCHEMA

BADGE = "1"
SPAN = timedelta(days=1)


class Found(NamedTuple):
    """What the database holds in the end: items, contents, the writers' rooms, and whether the chain is whole."""

    items: int
    contents: int
    verbs: int
    whole: bool

    @classmethod
    def of_the_database(cls) -> Found:
        """As it stands."""
        verbs = Compartment.objects.filter(name__startswith="Room ").count()
        return cls(Item.objects.count(), Content.objects.count(), verbs, verify_ledger().holds)


def found(folder: Path) -> None:
    """A unit with one officer, an exhibit, and its scan that waits for a worker."""
    now = datetime.now(UTC)
    unit = found_unit(None, now, name="Unit")
    officer = enrol_officer(None, now, badge=BADGE, name="Officer", unit=unit, password="nine quiet herons")  # noqa: S106 of a desk that lives for minutes
    grounds = Grounds(
        {Activity.COLLECT: Span(now, now + SPAN), Activity.EXAMINE: Span(now, now + SPAN)}, frozenset({"E"})
    )
    warrant = record_authority(officer, now, kind=Kind.WARRANT, reference="W 1", grounds=grounds)
    compartment = open_compartment(officer, now, name="Case")
    exhibit = register_exhibit(officer, warrant, ExhibitDraft("E", folder / "evidence", compartment), now)
    start_scan(officer, warrant, exhibit, now)


def waits(name: str, pause: float, done: Path) -> list[float]:
    """Do a verb whenever one is due until the load is done; for each the seconds from when it was due to its end."""
    officer = Officer.objects.get(badge=BADGE)
    taken: list[float] = []
    # At a moment of its own, so that they do not come in step.
    due = time.perf_counter() + pause * Random(name).random()
    while not done.exists():
        time.sleep(max(0.0, due - time.perf_counter()))
        open_compartment(officer, datetime.now(UTC), name=f"Room {name}-{len(taken)}")
        taken.append(time.perf_counter() - due)
        due += pause
    return taken


def load(folder: Path, items: int, rows: int) -> list[float]:
    """Load made batches as a worker does; the seconds that each load took."""
    job = claim("benchmark", datetime.now(UTC))
    assert job is not None
    exhibit = Exhibit.objects.get()
    taken: list[float] = []
    for number, first in enumerate(range(0, items, rows), start=1):
        batch = _batch(folder, number, range(first, min(items, first + rows)))
        started = time.perf_counter()
        load_batch(job, exhibit, batch, datetime.now(UTC))
        taken.append(time.perf_counter() - started)
        batch.path.unlink()
    return taken


def _batch(folder: Path, number: int, items: range) -> Batch:
    path = folder / f"batch-{number:06d}.parquet"
    pl.DataFrame([_row(one) for one in items], schema=SCHEMA).write_parquet(path)
    return Batch(number, path, len(items), hashlib.sha256(path.read_bytes()).digest())


def _row(number: int) -> dict[str, object]:
    data = b"%d" % number
    digest = hashlib.sha512(data).digest()
    return {
        "path": b"DCIM/%04d/IMG_%08d.jpg" % (number // 1000, number),
        "state": "allocated",
        "kind": "image/jpeg",
        "size": 2_000_000 + number,
        "md5": hashlib.md5(data, usedforsecurity=False).digest(),
        "sha1": hashlib.sha1(data, usedforsecurity=False).digest(),
        "sha256": hashlib.sha256(data).digest(),
        "pdq": digest[:32],
        "pdq_quality": 90,
        "rotations": digest[:32] * 7,
        "modified": datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
    }
