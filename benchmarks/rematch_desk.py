"""The desk of the rematch benchmark; imported once Django is set up."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone

from benchmarks.rematch_hashes import CHUNK, firsts, hashes
from kavalan.casework.access.services import open_compartment
from kavalan.casework.accounts.services import enrol_officer, found_unit
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.models import Content, Exhibit, Item
from kavalan.casework.exhibits.rules import Family, Seal
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.exhibits.tallies import KEPT, brought_forward
from kavalan.casework.hits.services import REMATCH, start_rematch
from kavalan.casework.hits.work import Rematching
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.verbs import step

if TYPE_CHECKING:
    from kavalan.casework.hits.loader import Answered
    from kavalan.casework.jobs.models import Job
    from kavalan.lists import Catalogue

TURNED = 1 << 41


@dataclass
class Run:
    """One rematch: seconds in all, seconds of each transaction, hits found."""

    seconds: float = 0
    loads: list[float] = field(default_factory=list)
    found: int = 0


class Desk:
    """One officer, one exhibit.

    Args:
        folder: of the workspace.
    """

    def __init__(self, folder: Path) -> None:
        now = datetime.now(UTC)
        unit = found_unit(None, now, name="Unit")
        self._officer = enrol_officer(None, now, badge="1", name="Officer", unit=unit, password="nine quiet herons")  # noqa: S106 of a desk that lives for minutes
        room = open_compartment(self._officer, now, name="Room")
        grounds = Grounds({Activity.COLLECT: Span(now, now + timedelta(days=1))}, frozenset({"E-1"}))
        warrant = record_authority(self._officer, now, kind=Kind.WARRANT, reference="W 1", grounds=grounds)
        self._exhibit = register_exhibit(self._officer, warrant, ExhibitDraft("E-1", folder / "evidence", room), now)

    def store(self, contents: int) -> None:
        """Put contents there, one item each, as if a scan had loaded them."""
        for first in firsts(contents):
            _store(self._exhibit, first, list(_contents(first, min(CHUNK, contents - first))))

    def match(self, catalogue: Catalogue) -> Run:
        """Match all of it again."""
        run = Run()

        class Timed(Rematching):
            def load(self, job: Job, batch: Answered, now: datetime) -> None:
                started = time.perf_counter()
                super().load(job, batch, now)
                run.loads.append(time.perf_counter() - started)

        rematch = start_rematch(self._officer, timezone.now())
        started = time.perf_counter()
        run_next({REMATCH: Timed(catalogue)}, "benchmark", timezone.now)
        run.seconds = time.perf_counter() - started
        rematch.refresh_from_db()
        run.found = rematch.found
        return run


@step(Content, Item, *KEPT)
def _store(exhibit: Exhibit, first: int, made: list[Content]) -> None:
    Content.objects.bulk_create(made)
    with brought_forward([exhibit.pk], Item.objects.filter(exhibit=exhibit, number__gt=first)):
        Item.objects.bulk_create(
            Item(
                exhibit=exhibit,
                number=first + n,
                path=b"%d.jpg" % n,
                content=content,
                family=Family.PICTURE,
                seal=Seal.OPEN,
            )
            for n, content in enumerate(made, start=1)
        )


def _contents(first: int, count: int) -> Iterator[Content]:
    turned = hashes(TURNED + first, count * 7).reshape(count, 224)
    for number, (pdq, others) in enumerate(zip(hashes(first, count), turned, strict=True), start=first):
        name = b"%d" % number
        yield Content(
            sha256=hashlib.sha256(name).digest(),
            sha1=hashlib.sha1(name, usedforsecurity=False).digest(),
            md5=hashlib.md5(name, usedforsecurity=False).digest(),
            size=number,
            kind="image/jpeg",
            pdq=pdq.tobytes(),
            pdq_quality=90,
            rotations=others.tobytes(),
        )
