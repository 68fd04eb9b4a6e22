"""A paper that is kept for Alice's unit."""

from io import BytesIO

import pytest

from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.vault.store import put
from kavalan.casework.verbs import Done, house_verb

from ..conftest import NOW

PAPER = b"%PDF-1.7 a warrant, as the court gave it\n" * 40


@house_verb("test.keep")
def keep(act, *, stored, what=What.AUTHORITY_PAPER, **where):
    kept = enter(stored, what=what, media_type="application/pdf", by=act.officer, at=act.at, **where)
    return Done(kept, {"sha256": kept.sha256_hex})


@pytest.fixture
def paper(people, unlocked):
    return keep(people.alice, NOW, stored=put(BytesIO(PAPER)), unit=people.alice.unit)
