"""Uploads of papers that are killed: what was acknowledged is recorded; what is recorded is whole in the vault."""

import hashlib
import random
import time

import pytest

from kavalan.casework.authority.models import Authority, AuthorityPaper
from kavalan.casework.health.vault import blobs
from kavalan.casework.ledger.models import LedgerEntry
from kavalan.casework.vault.models import Kept
from kavalan.casework.vault.store import vault
from kavalan.casework.workspace import vault_of

from .conftest import faults, kills, last_words, restores, start

UPLOAD = """
import random, sys
from datetime import timedelta
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from kavalan.casework import keys
from kavalan.casework.accounts.models import Officer
from kavalan.casework.authority.papers import take
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
keys.take_over()
alice = Officer.objects.select_related("unit").get(badge="alice")
name, chance, number = sys.argv[1], random.Random(sys.argv[2]), 0
print("begins", flush=True)
while True:
    now, number = timezone.now(), number + 1
    content = b"%PDF-1.7 " + chance.randbytes(chance.choice((10, 5000, 300_000)))
    grounds = Grounds({Activity.COLLECT: Span(now, now + timedelta(days=3))}, frozenset({"E-1"}))
    paper = take(SimpleUploadedFile("warrant.pdf", content))
    reference = f"W {name} {number}"
    made = record_authority(alice, now, kind=Kind.WARRANT, reference=reference, grounds=grounds, paper=paper)
    print(made.public_id, paper.stored.sha256.hex(), flush=True)
"""
BESIDE = 1


@pytest.fixture
def upload(shared, handed):
    """Starts a process that uploads."""
    started = []

    def one(seed):
        started.append(start(UPLOAD, len(started), seed, workspace=shared, handed=handed))
        return started[-1]

    yield one
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_killed_uploads_are_whole_or_not_recorded(people, shared, upload, tmp_path):
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
    kept = AuthorityPaper.objects.select_related("authority", "kept")
    recorded = {str(one.authority.public_id): one.kept for one in kept}
    assert told
    assert {one: recorded[one].sha256_hex for one, _ in told} == dict(told)
    entries = LedgerEntry.objects.filter(verb="authority.record", subject__in=recorded)
    assert sorted(str(entry.subject) for entry in entries) == sorted(recorded)
    assert Kept.objects.count() == Authority.objects.exclude(pk=people.warrant.pk).count() == len(recorded)
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
