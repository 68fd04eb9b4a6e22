"""An officer's upload that is killed: what was acknowledged is recorded and in the vault; what is recorded is there."""

import hashlib
import os
import random
import time
import uuid

import pytest

from kavalan.casework import keys
from kavalan.casework.health.vault import blobs
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.vault.models import Kept
from kavalan.casework.vault.store import vault
from kavalan.casework.workspace import vault_of

from .conftest import faults, kills, restores, start
from .test_verbs import last_words

UPLOAD = """
import hashlib, io, random, sys
import django
django.setup()
from django.utils import timezone
from kavalan.casework import keys
from kavalan.casework.accounts.models import Officer
from kavalan.casework.vault.models import What
from kavalan.casework.vault.services import enter
from kavalan.casework.vault.store import put
from kavalan.casework.verbs import Done, house_verb

@house_verb("test.keep")
def keep(act, *, stored, unit):
    kept = enter(stored, what=What.AUTHORITY_PAPER, media_type="text/plain", by=act.officer, at=act.at, unit=unit)
    return Done(kept, {"sha256": kept.sha256_hex})

keys.take_over()
alice = Officer.objects.select_related("unit").get(badge="alice")
chance = random.Random(sys.argv[1])
print("begins", flush=True)
while True:
    content = chance.randbytes(chance.choice((10, 5000, 300_000)))
    kept = keep(alice, timezone.now(), stored=put(io.BytesIO(content)), unit=alice.unit)
    print(kept.public_id, hashlib.sha256(content).hexdigest(), flush=True)
"""
BESIDE = 1


@pytest.fixture
def upload(shared, unlocked):
    """Starts a process that uploads; the keys are handed to it as the supervisor does it."""
    memory, started = keys.hand_over(unlocked), []

    def one(seed):
        started.append(start(UPLOAD, seed, workspace=shared, handed=memory))
        return started[-1]

    yield one
    os.close(memory)
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_killed_uploads_are_whole_or_not_recorded(shared, upload, tmp_path):
    chance = random.Random(19)  # noqa: S311 no secret
    told = []
    # Two bring the same contents at once.
    running = [upload("same") for _ in range(BESIDE + 1)]
    for number in range(kills(4)):
        time.sleep(chance.uniform(0, 0.15))
        told += last_words(running.pop(chance.randrange(len(running))))
        running.append(upload(f"next {number // 2}"))
    while running:
        told += last_words(running.pop())
    recorded = {str(one.public_id): one for one in Kept.objects.all()}
    assert told
    assert {one: recorded[one].sha256_hex for one, _ in told} == dict(told)
    entries = LedgerEntry.objects.filter(verb="test.keep").values_list("subject", flat=True)
    assert sorted(entries) == sorted(map(uuid.UUID, recorded))
    for one in recorded.values():
        with vault().open(one.name) as reader:
            assert hashlib.file_digest(reader, "sha256").digest() == bytes(one.sha256)
    # Each that was killed may have brought one blob that it did not come to record; doctor counts them.
    strays = set(vault().names()) - {one.name for one in recorded.values()}
    assert len(strays) <= kills(4) + BESIDE + 1
    ((text, cure),) = ((one.text, one.cure) for one in blobs(shared))
    assert (text.split()[0], cure) == (str(len(strays)) if strays else "holds", None)
    assert list((vault_of(shared) / "drafts").iterdir()) == []
    assert faults(shared) == []
    assert restores(shared, tmp_path)
