"""What the database makes of a row is the text that was hashed, on both databases."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from kavalan.casework.guard import writing
from kavalan.casework.ledger import rows
from kavalan.casework.ledger.models import LedgerEntry, LedgerPayload
from kavalan.ledger import Entry, canonical_text, link

# A second without a fraction, one with, and the ends of a day and of what Python can tell.
TIMES = [
    datetime(2026, 3, 1, 9, 0, 0, tzinfo=UTC),
    datetime(2026, 3, 1, 9, 0, 0, 8, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 120000, tzinfo=UTC),
]


@pytest.mark.parametrize("at", TIMES)
@pytest.mark.parametrize("actor", [None, UUID("0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")])
def test_text_of_a_row_is_the_canonical_one(people, at, actor):
    last = LedgerEntry.objects.latest("number")
    authority, subject, previous = UUID(int=2**128 - 1), UUID(int=1), bytes(last.hash)
    entry = Entry(last.number + 1, at, "scan.start", actor, authority, "exhibit", subject, bytes(32), previous)
    with writing(frozenset({"ledger_entry"})):
        LedgerEntry.objects.create(
            **{name: getattr(entry, name) for name in entry.__struct_fields__}, hash=link(entry).hash
        )
    assert list(rows.entries(last.number)) == [(canonical_text(entry), link(entry).hash)]


def test_entries_and_hashes_come_in_order(people, entries):
    assert [kept.hash for kept in rows.entries()] == list(rows.hashes())
    assert len(list(rows.hashes())) == entries()


def test_payloads_come_as_they_are_kept(people):
    kept = {(bytes(one.digest), bytes(one.salt), one.text.encode()) for one in LedgerPayload.objects.all()}
    assert {tuple(one) for one in rows.payloads()} == kept
