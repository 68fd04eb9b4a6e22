"""The canonical text and hash of an entry, held against texts written by hand and against `json` itself."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.ledger import GENESIS, Entry, MalformedEntryError, canonical_text, link

ACTOR = UUID("00000000-0000-4000-8000-00000000000a")
AUTHORITY = UUID("00000000-0000-4000-8000-00000000000b")
SUBJECT = UUID("00000000-0000-4000-8000-00000000000c")


def entry(**changes):
    fields = {
        "number": 1,
        "at": datetime(2026, 3, 4, 5, 6, 7, 8, tzinfo=UTC),
        "verb": "exhibit.register",
        "actor": ACTOR,
        "authority": AUTHORITY,
        "subject_kind": "exhibit",
        "subject": SUBJECT,
        "payload": b"\x01" * 32,
        "previous": GENESIS,
    }
    return Entry(**fields | changes)


entries = st.fixed_dictionaries(
    {
        "number": st.integers(1, 2**53 - 1),
        "at": st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 Hypothesis adds the zone
        "verb": st.from_regex(r"[a-z_]{1,12}\.[a-z_]{1,12}", fullmatch=True),
        "actor": st.none() | st.uuids(),
        "authority": st.none() | st.uuids(),
        "subject_kind": st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
        "subject": st.uuids(),
        "payload": st.binary(min_size=32, max_size=32),
        "previous": st.binary(min_size=32, max_size=32),
    }
).map(lambda fields: Entry(**fields))


def test_canonical_text_is_the_one_written_by_hand():
    expected = (
        '{"actor":"00000000-0000-4000-8000-00000000000a","at":"2026-03-04T05:06:07.000008Z",'
        '"authority":"00000000-0000-4000-8000-00000000000b","format":"kavalan-ledger-1","number":1,'
        f'"payload":"{"01" * 32}","previous":"{"00" * 32}",'
        '"subject":"00000000-0000-4000-8000-00000000000c","subject_kind":"exhibit","verb":"exhibit.register"}'
    )
    assert canonical_text(entry()) == expected.encode()


def test_hash_is_sha256_of_the_canonical_text():
    assert link(entry()).hash == hashlib.sha256(canonical_text(entry())).digest()


def test_missing_actor_and_authority_are_null():
    fields = json.loads(canonical_text(entry(actor=None, authority=None)))
    assert (fields["actor"], fields["authority"]) == (None, None)


@given(entries)
def test_canonical_text_says_every_field(written):
    fields = json.loads(canonical_text(written))
    assert fields == {
        "actor": str(written.actor) if written.actor else None,
        "at": written.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "authority": str(written.authority) if written.authority else None,
        "format": "kavalan-ledger-1",
        "number": written.number,
        "payload": written.payload.hex(),
        "previous": written.previous.hex(),
        "subject": str(written.subject),
        "subject_kind": written.subject_kind,
        "verb": written.verb,
    }


@given(entries, entries)
def test_two_entries_share_a_text_only_when_they_are_equal(one, other):
    assert (canonical_text(one) == canonical_text(other)) == (one == other)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"number": 0}, "between 1"),
        ({"number": 2**53}, "between 1"),
        ({"at": datetime(2026, 1, 1)}, "UTC"),  # noqa: DTZ001 the naive time is the point
        ({"at": datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))}, "UTC"),
        ({"verb": "Alice Kurian"}, "noun.verb"),
        ({"verb": "exhibit.register\n"}, "noun.verb"),
        ({"subject_kind": "9"}, "lower-case"),
        ({"payload": b"short"}, "has 5 bytes"),
        ({"previous": b""}, "has 0 bytes"),
    ],
)
def test_no_link_is_made_of_what_the_ledger_cannot_hold(changes, reason):
    with pytest.raises(MalformedEntryError, match=reason):
        link(entry(**changes))
