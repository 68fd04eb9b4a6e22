"""Whatever is done to a chain of entries, the walk names the place."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.chains import chain

from kavalan.ledger import GENESIS, Begin, Kept, Link, kept, link
from kavalan.ledger import verify as verify_kept


def verify(links, **more):
    return verify_kept(map(kept, links), **more)


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


@given(st.integers(1, 20), st.data())
def test_root_is_the_one_of_a_tree_over_the_hashes(length, data):
    links = chain(length)
    size = data.draw(st.integers(1, length))
    expected = [merkle_root([one.hash for one in links[:end]]) for end in (size, length)]
    verdict = verify(links, sizes=[size, length + 1])
    assert ([verdict.roots[size], verdict.root], length + 1 in verdict.roots) == (expected, False)


def merkle_root(leaves):
    """RFC 9162, 2.1.1, as it stands there."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return hashlib.sha256(b"\x01" + merkle_root(leaves[:middle]) + merkle_root(leaves[middle:])).digest()


@given(st.integers(1, 20), st.data())
def test_walk_in_two_parts_ends_as_one_walk(length, data):
    links = chain(length)
    cut = data.draw(st.integers(0, length))
    before, whole = verify(links[:cut]), verify(links)
    after = verify(links[cut:], begin=Begin(before.entries, before.head, before.peaks))
    assert (after.entries, after.head, after.root, after.holds) == (length, whole.head, whole.root, True)


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_whatever_bytes_are_kept_are_a_fault_and_no_trace(text, digest):
    links = chain(3)
    found = verify_kept([kept(links[0]), Kept(text, digest), kept(links[2])])
    assert found.faults[0].number == 2
    assert "was changed" in found.faults[0].reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"-01-01T", b"-13-01T", "at is not of its form"),
        (b'"authority":"0', b'"authority":"g', "authority is not of its form"),
        (b"scan.start", b"Alice did it", "verb is not of its form"),
        (b'"number":2', b'"number":02', "fields cannot be read"),
        (b'"number":2', b'"numbers":2', "has not the fields"),
        (b'"number":2', b'"number": 2', "written in another way"),
        (b'"actor":', b'"actor":null,"actor":', "written in another way"),
    ],
)
def test_text_that_no_entry_has_is_named_with_its_field(old, new, reason):
    links = [kept(one) for one in chain(3)]
    links[1] = Kept(links[1].text.replace(old, new), links[1].hash)
    assert reason in verify_kept(links).faults[0].reason
