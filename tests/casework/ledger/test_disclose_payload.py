"""What was said with an entry is told to a supervisor of what it is about, and that is recorded."""

import pytest

from kavalan.casework.errors import RefusedError
from kavalan.casework.guard import writing
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.casework.ledger.services import disclose_payload, told_payload
from kavalan.ledger import SealedPayload, open_seal

from ..conftest import LATER, NOW


@pytest.fixture
def number(exhibit):
    """The entry by which the exhibit was registered."""
    return LedgerEntry.objects.get(subject_kind="exhibit").number


def test_supervisor_is_told_and_the_ledger_says_so(people, exhibit, number, last_entry):
    disclose_payload(people.alice, LATER, number=number, reason="asked for by the court")
    entry, payload = last_entry()
    assert (entry.verb, entry.actor, entry.subject) == ("ledger.disclose", people.alice.public_id, exhibit.public_id)
    assert payload == {"entry": number, "reason": "asked for by the court"}


@pytest.mark.parametrize("who", ["bob", "dora", "charlie"])
def test_nobody_else_is_told_and_nothing_is_written(people, number, entries, who):
    before = entries()
    with pytest.raises(RefusedError, match="not open to you"):
        disclose_payload(getattr(people, who), NOW, number=number, reason="curious")
    assert entries() == before


def test_entry_that_is_not_there_is_refused_alike(people):
    with pytest.raises(RefusedError, match="not open to you"):
        disclose_payload(people.alice, NOW, number=10_000, reason="asked for by the court")


def test_reason_is_asked_for(people, number):
    with pytest.raises(RefusedError, match="Say why"):
        disclose_payload(people.alice, NOW, number=number, reason="  ")


def test_told_payload_is_the_one_that_was_sealed(number):
    digest = bytes(LedgerEntry.objects.get(number=number).payload)
    told = told_payload(digest)
    assert open_seal(SealedPayload(told.text, bytes.fromhex(told.salt), digest))


def test_purged_payload_is_told_to_nobody(number):
    digest = bytes(LedgerEntry.objects.get(number=number).payload)
    with writing(frozenset({"ledger_payload"})):
        LedgerPayload.objects.all().delete()
    assert told_payload(digest) is None
