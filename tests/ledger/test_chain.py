"""Whatever is done to a chain of entries, the walk names the place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.ledger import GENESIS, Entry, Link, link, verify


def chain(length):
    links, previous = [], GENESIS
    for number in range(1, length + 1):
        links.append(
            link(
                Entry(
                    number=number,
                    at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
                    verb="scan.start",
                    actor=UUID(int=1),
                    authority=UUID(int=2),
                    subject_kind="exhibit",
                    subject=UUID(int=number),
                    payload=number.to_bytes(32, "big"),
                    previous=previous,
                )
            )
        )
        previous = links[-1].hash
    return links


def test_empty_ledger_holds_and_its_head_is_genesis():
    verdict = verify([])
    assert (verdict.entries, verdict.head, verdict.holds) == (0, GENESIS, True)


@given(st.integers(1, 30))
def test_chain_as_written_holds_and_its_head_is_the_last_hash(length):
    links = chain(length)
    verdict = verify(iter(links))
    assert (verdict.entries, verdict.head, verdict.faults) == (length, links[-1].hash, ())


@given(st.integers(1, 20), st.data())
def test_any_changed_field_is_named_at_its_entry(length, data):
    links = chain(length)
    place = data.draw(st.integers(0, length - 1))
    field, value = data.draw(
        st.sampled_from(
            [
                ("verb", "scan.stop"),
                ("verb", "whatever somebody typed"),
                ("payload", b""),
                ("actor", None),
                ("authority", UUID(int=9)),
                ("subject", UUID(int=99)),
                ("subject_kind", "job"),
                ("payload", b"\xff" * 32),
                ("at", datetime(2030, 1, 1, tzinfo=UTC)),
            ]
        )
    )
    forged = msgspec.structs.replace(links[place].entry, **{field: value})
    links[place] = Link(forged, links[place].hash)
    assert [fault.number for fault in verify(links).faults] == [place + 1]


@given(st.integers(2, 20), st.data())
def test_entry_rehashed_after_a_change_is_named_by_the_next(length, data):
    links = chain(length)
    place = data.draw(st.integers(0, length - 2))
    links[place] = link(msgspec.structs.replace(links[place].entry, verb="scan.stop"))
    assert [fault.number for fault in verify(links).faults] == [place + 2]


@given(st.integers(2, 20), st.data())
def test_dropped_entry_is_found_unless_it_was_the_last(length, data):
    links = chain(length)
    place = data.draw(st.integers(0, length - 2))
    del links[place]
    assert verify(links).faults[0].number == place + 2


@given(st.integers(2, 20), st.data())
def test_two_entries_in_each_others_place_are_found(length, data):
    links = chain(length)
    first, second = sorted(data.draw(st.lists(st.integers(0, length - 1), min_size=2, max_size=2, unique=True)))
    links[first], links[second] = links[second], links[first]
    assert not verify(links).holds


@given(st.integers(1, 20), st.data())
def test_doubled_entry_is_found(length, data):
    links = chain(length)
    place = data.draw(st.integers(0, length - 1))
    links.insert(place, links[place])
    assert not verify(links).holds


def test_entries_cut_from_the_end_show_in_the_head():
    links = chain(5)
    assert verify(links[:4]).head != verify(links).head


@pytest.mark.parametrize("length", [150])
def test_no_more_than_a_hundred_faults_are_listed(length):
    links = [Link(kept.entry, GENESIS) for kept in chain(length)]
    assert len(verify(links).faults) == 100
