"""An extract of a ledger: some entries are told, the others withheld, and the root is that of all."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.chains import chain

from kavalan.ledger import Frontier, Withheld, kept, verifier

LINKS = chain(40)


def extract(told, size, states=()):
    """The lines of an extract of the first entries; roots can be stated of the sizes in `states`."""
    withheld, lines = Withheld(), []
    for number, one in enumerate(LINKS[:size], start=1):
        if number in told:
            lines += [line.encode() for line in withheld.take()]
            lines.append(kept(one).text)
            withheld.tell()
        else:
            withheld.withhold(one.hash)
        if number in states:
            lines += [line.encode() for line in withheld.take()]
    return lines + [line.encode() for line in withheld.take()]


def root_of(size):
    tree = Frontier()
    for one in LINKS[:size]:
        tree.add(one.hash)
    return tree.root


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 40), st.sets(st.integers(1, 40)), st.integers(1, 40))
def test_root_is_that_of_all_entries_whatever_is_withheld(size, told, stated):
    lines = extract(told, size, {stated})
    entries, roots, _, faults, gaps = verifier.walk(lines, {size, stated})
    assert (entries, faults, gaps) == (size, [], size - len([one for one in told if one <= size]))
    assert roots == {one: root_of(one) for one in (size, stated) if one <= size}


def test_a_long_gap_takes_a_few_lines():
    assert len(extract({1}, 40)) == 1 + 5 + 1


@pytest.mark.parametrize("place", [0, 3])
def test_a_changed_entry_or_a_changed_gap_gives_another_root(place):
    lines = extract({5, 20}, 24)
    changed = bytearray(lines[place])
    at = lines[place].index(b'"root":"') + 8 if b'"root"' in lines[place] else lines[place].index(b'"payload":"') + 11
    changed[at] ^= 1
    _, roots, *_ = verifier.walk([*lines[:place], bytes(changed), *lines[place + 1 :]], {24})
    assert roots.get(24) != root_of(24)


@pytest.mark.parametrize("count", [3, 8, 10**15])
def test_gap_that_no_tree_has_is_a_fault(count):
    root = hashlib.sha256(b"anything").hexdigest()
    gap = b'{"entries":%d,"root":"%s"}' % (count, root.encode())
    *_, faults, _ = verifier.walk([kept(LINKS[0]).text, gap], set())
    assert faults == ["line 2 is no entry"]
