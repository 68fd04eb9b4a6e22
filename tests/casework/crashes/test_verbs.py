"""Officers' processes that are killed: what a verb acknowledged is in the ledger, once, and what it did is there."""

import random
import time
from collections import Counter

import pytest

from kavalan.casework.access.models import Compartment, Grant, Via
from kavalan.casework.accounts.models import Unit
from kavalan.casework.authority.models import Authority
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload

from .conftest import faults, kills, last_words, restores, start

# A compartment's first supervisor comes with it.
MADE_BY = {
    "unit.found": Unit.objects.all(),
    "compartment.open": Compartment.objects.all(),
    "access.grant": Grant.objects.exclude(via=Via.OPENED),
    "authority.record": Authority.objects.all(),
}
WRITER = """
import random, sys
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from kavalan.casework.access.models import Role
from kavalan.casework.access.services import grant, open_compartment
from kavalan.casework.accounts.models import Officer
from kavalan.casework.accounts.services import found_unit
from kavalan.casework.authority.rules import Activity, Grounds, Kind, Span
from kavalan.casework.authority.services import record_authority
alice, bob = (Officer.objects.get(badge=name) for name in ("alice", "bob"))
chance = random.Random(sys.argv[1])
number = 0

def tell(verb, record):
    print(verb, record.public_id, flush=True)
    return record

print("begins", flush=True)
while True:
    now, number = timezone.now(), number + 1
    name = f"{sys.argv[1]} {number}"
    match chance.randrange(3):
        case 0:
            tell("unit.found", found_unit(alice, now, name=f"Unit {name}"))
        case 1:
            opened = tell("compartment.open", open_compartment(alice, now, name=f"Case {name}"))
            tell("access.grant", grant(alice, now, compartment=opened, to=bob, role=Role.INVESTIGATOR))
        case 2:
            grounds = Grounds({Activity.COLLECT: Span(now, now + timedelta(days=3))}, frozenset({"E-1"}))
            tell("authority.record", record_authority(alice, now, kind=Kind.WARRANT, reference=name, grounds=grounds))
"""
BESIDE = 2
"""So many write beside the one that is killed, and go on."""


@pytest.fixture
def writers(shared):
    """Processes that do verbs until they are killed."""
    started = [start(WRITER, f"writer {number}", workspace=shared) for number in range(BESIDE + 1)]
    yield started
    for process in started:
        last_words(process)


def test_what_killed_writers_acknowledged_is_there_once_and_whole(shared, writers, tmp_path):
    chance = random.Random(3)  # noqa: S311 no secret
    told, before = [], LedgerEntry.objects.count()
    for number in range(kills()):
        time.sleep(chance.uniform(0, 0.15))
        told += last_words(writers.pop(chance.randrange(len(writers))))
        writers.append(start(WRITER, f"next {number}", workspace=shared))
    while writers:
        told += last_words(writers.pop())
    entries = list(LedgerEntry.objects.filter(verb__in=MADE_BY))
    kept = Counter((entry.verb, str(entry.subject)) for entry in entries)
    assert len(told) > kills()
    assert {one: kept[one] for one in told} == dict.fromkeys(told, 1)
    # Of each that was killed one more may have been done whole before it could say so.
    assert LedgerEntry.objects.count() - before - len(told) <= kills() + BESIDE + 1
    for verb, records in MADE_BY.items():
        made = Counter(str(one) for one in records.values_list("public_id", flat=True))
        assert made == Counter(subject for name, subject in kept.elements() if name == verb)
    payloads = {bytes(digest) for digest in LedgerPayload.objects.values_list("digest", flat=True)}
    assert {bytes(entry.payload) for entry in entries} <= payloads
    assert faults(shared) == []
    assert restores(shared, tmp_path)
