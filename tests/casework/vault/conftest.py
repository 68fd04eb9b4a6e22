"""A paper that is kept for Alice's unit, and the nights in which it is read again."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from kavalan.casework.jobs.worker import run_next
from kavalan.casework.vault.models import Rehash, What
from kavalan.casework.vault.rehash import Rehashing
from kavalan.casework.vault.services import REHASH, enter, rehash_if_due
from kavalan.casework.vault.store import put
from kavalan.casework.verbs import Done, house_verb

from ..conftest import NOW

PAPER = b"%PDF-1.7 a warrant, as the court gave it\n" * 40

NIGHT = datetime(2100, 3, 1, 20, tzinfo=UTC)
"""Half past one of the next day where the unit lies; after the time at which the vault took in what is read."""


@house_verb("test.keep")
def keep(act, *, stored, what=What.AUTHORITY_PAPER, **where):
    kept = enter(stored, what=what, media_type="application/pdf", by=act.officer, at=act.at, **where)
    return Done(kept, {"sha256": kept.sha256_hex})


@pytest.fixture
def paper(people, unlocked):
    return keep(people.alice, NOW, stored=put(BytesIO(PAPER)), unit=people.alice.unit)


def run(at=NIGHT):
    """Do the next job of the vault's."""
    return run_next({REHASH: Rehashing()}, "worker", lambda: at)


def night(at=NIGHT):
    """Begin a night's reading, and do it."""
    assert rehash_if_due(at) is None
    return run(at)


@pytest.fixture
def rehash(paper):
    """A night's reading that was begun, and waits for its worker."""
    assert rehash_if_due(NIGHT) is None
    return Rehash.objects.get()
