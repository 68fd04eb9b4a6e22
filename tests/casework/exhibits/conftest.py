"""A scan under way, and a loader of rows."""

import pytest

from kavalan.casework.access.services import open_compartment
from kavalan.casework.authority.rules import Kind
from kavalan.casework.authority.services import record_authority
from kavalan.casework.exhibits.loader import load_batch
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit, start_scan
from kavalan.casework.jobs.models import State
from kavalan.casework.jobs.services import claim

from ..conftest import NOW, grounds
from .batches import write
from .earlier import OTHER, SAME, fill, thin


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


@pytest.fixture
def three(people, exhibit, folder):
    """E-1, E-2 in a room of its own, and E-3, which is the last; all scanned."""
    apart = open_compartment(people.alice, NOW, name="Another case")
    second = register_exhibit(people.alice, people.warrant, ExhibitDraft("E-2", folder, apart), NOW)
    warrant = record_authority(people.alice, NOW, kind=Kind.WARRANT, reference="W 8/2026", grounds=grounds("E-3"))
    last = register_exhibit(people.alice, warrant, ExhibitDraft("E-3", folder, people.compartment), NOW)
    return [exhibit, second, last]


@pytest.fixture
def thinned(people, three):
    """E-3, of whose two items one was in E-1."""
    fill(three, [[SAME], [], [SAME, OTHER]])
    assert thin(people, three[2], three[0]).state == State.DONE
    return three[2]
