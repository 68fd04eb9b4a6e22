"""A scan under way, and a loader of rows."""

import pytest

from kavalan.casework.exhibits.loader import load_batch
from kavalan.casework.exhibits.services import start_scan
from kavalan.casework.jobs.services import claim

from ..conftest import NOW
from .batches import write


@pytest.fixture
def job(people, exhibit):
    """The scan of E-1, held by a worker."""
    start_scan(people.alice, people.warrant, exhibit, NOW)
    return claim("worker", NOW)


@pytest.fixture
def load(job, exhibit, tmp_path):
    """Loads rows as a batch of the scan."""

    def load_rows(rows, number=1):
        batch = write(tmp_path / "batches", number, rows)
        load_batch(job, exhibit, batch, NOW)
        return batch

    return load_rows
