"""An exhibit that is a folder and one that is a file, both kept by asking for it and doing the job."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant
from kavalan.casework.approvals.services import answer_approval
from kavalan.casework.exhibits.services import ExhibitDraft, register_exhibit
from kavalan.casework.jobs.worker import run_next
from kavalan.casework.safekeeping.destroying import Destroying
from kavalan.casework.safekeeping.models import Way
from kavalan.casework.safekeeping.services import DESTROY, KEEP, ask_for_destruction, destroy_evidence, keep_exhibit
from kavalan.casework.safekeeping.work import Keeping

from ..conftest import NOW

SOON = NOW + timedelta(hours=2)
"""After what was asked for was granted."""


def source_of(exhibit):
    """Where it lies."""
    return Path(os.fsdecode(bytes(exhibit.source)))


def work(now=NOW):
    """Do the next job."""
    return run_next({KEEP: Keeping(), DESTROY: Destroying()}, "worker", lambda: now)


def destroyed(people, exhibit):
    """Decide on the destruction of what is kept of an exhibit, and do it."""
    decided = destroy_evidence(people.alice, SOON, exhibit=exhibit)
    work(SOON)
    decided.refresh_from_db()
    return decided


@pytest.fixture
def filled(exhibit, folder):
    """E-1, the folder, with a few files."""
    (folder / "DCIM").mkdir()
    (folder / "DCIM" / "a.txt").write_bytes(b"first" * 500)
    (folder / "b.bin").write_bytes(bytes(range(256)) * 300)
    (folder / "link").symlink_to("b.bin")
    return exhibit


@pytest.fixture
def image(people, folder):
    """E-2, a file beside the folder."""
    path = folder.parent / "stick.img"
    path.write_bytes(b"an image of a stick" * 9000)
    return register_exhibit(people.alice, people.warrant, ExhibitDraft("E-2", path, people.compartment), NOW)


@pytest.fixture
def keep(people, unlocked):
    """Has an exhibit kept in a way; returns the keeping as it then stands."""

    def kept(exhibit, way):
        keeping = keep_exhibit(people.alice, people.warrant, exhibit, NOW, way=way)
        work()
        keeping.refresh_from_db()
        return keeping

    return kept


@pytest.fixture
def custodian(people):
    """Dora, the exhibit custodian there."""
    grant(people.alice, NOW, compartment=people.compartment, to=people.dora, role=Role.CUSTODIAN)
    return people.dora


@pytest.fixture
def granted(people, custodian):
    """Asks for the destruction of what is kept of an exhibit, and has it granted."""

    def ask(exhibit):
        asked = ask_for_destruction(people.alice, NOW, exhibit, "the court's order of 3 March")
        return answer_approval(
            custodian, NOW + timedelta(hours=1), approval=asked, granted=True, reason="order seen, seals compared"
        )

    return ask


@pytest.fixture
def waiting(people, image, unlocked):
    """E-2 is to be copied, and waits for the worker."""
    return keep_exhibit(people.alice, people.warrant, image, NOW, way=Way.COPY)


@pytest.fixture
def decided(people, image, keep, granted):
    """The copy of E-2 is to be destroyed, and waits for the worker."""
    keep(image, Way.COPY)
    granted(image)
    return destroy_evidence(people.alice, SOON, exhibit=image)
