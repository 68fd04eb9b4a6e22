"""Roots and proofs, held against public vectors and against RFC 9162's recursive definitions written out plainly."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kavalan.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    TooFewLeavesError,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    inner_hash,
    leaf_hash,
)

# Leaves, roots and nodes of transparency-dev/merkle, testonly/constants.go: what implementations of RFC 6962 agree on.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
N = {
    (0, 1): "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    (0, 2): "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
    (0, 3): "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
    (0, 4): "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    (0, 6): "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
    (1, 0): "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    (1, 1): "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    (1, 2): "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    (2, 0): "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    (2, 1): "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
}


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def largest_power_below(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d):
    """MTH, RFC 9162, 2.1.1."""
    if not d:
        return sha()
    if len(d) == 1:
        return sha(b"\x00", d[0])
    k = largest_power_below(len(d))
    return sha(b"\x01", mth(d[:k]), mth(d[k:]))


def path(m, d):
    """PATH, RFC 9162, 2.1.3.1."""
    if len(d) == 1:
        return []
    k = largest_power_below(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m, d, b):
    """SUBPROOF, RFC 9162, 2.1.4.1."""
    if m == len(d):
        return [] if b else [mth(d)]
    k = largest_power_below(len(d))
    return [*subproof(m, d[:k], b), mth(d[k:])] if m <= k else [*subproof(m - k, d[k:], False), mth(d[:k])]


def data(count):
    return [number.to_bytes(32, "big") for number in range(count)]


def grown(leaves):
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier


trees = st.lists(st.binary(min_size=0, max_size=40), min_size=1, max_size=40)


@pytest.mark.parametrize("size", range(9))
def test_root_is_the_published_one(size):
    assert grown(LEAVES[:size]).root.hex() == ROOTS[size]


def test_hashes_of_leaves_and_nodes_are_the_published_ones():
    assert leaf_hash(LEAVES[1]).hex() == N[0, 1]
    assert inner_hash(leaf_hash(LEAVES[2]), leaf_hash(LEAVES[3])).hex() == N[1, 1]


# RFC 9162, 2.1.5, "Example": d0 to d6; there a to f are leaves' hashes, g, h, i pairs, k and l fours.
@pytest.mark.parametrize(
    ("index", "proof"),
    [
        (0, [N[0, 1], N[1, 1], "l"]),
        (3, [N[0, 2], N[1, 0], "l"]),
        (4, ["f", N[0, 6], N[2, 0]]),
        (6, [N[1, 2], N[2, 0]]),
    ],
)
def test_inclusion_proofs_are_those_of_the_rfcs_example(index, proof):
    named = {"l": inner_hash(bytes.fromhex(N[1, 2]), bytes.fromhex(N[0, 6])).hex(), "f": leaf_hash(LEAVES[5]).hex()}
    assert [node.hex() for node in inclusion_proof(LEAVES, index, 7)] == [named.get(node, node) for node in proof]


@pytest.mark.parametrize(
    ("first", "proof"),
    [
        (3, [N[0, 2], N[0, 3], N[1, 0], "l"]),
        (4, ["l"]),
        (6, [N[1, 2], N[0, 6], N[2, 0]]),
    ],
)
def test_consistency_proofs_are_those_of_the_rfcs_example(first, proof):
    named = {"l": inner_hash(bytes.fromhex(N[1, 2]), bytes.fromhex(N[0, 6])).hex()}
    assert [node.hex() for node in consistency_proof(LEAVES, first, 7)] == [named.get(node, node) for node in proof]


def test_root_of_nothing_is_the_hash_of_nothing():
    assert Frontier().root == EMPTY_ROOT == sha()


@given(trees)
def test_root_is_that_of_the_definition(leaves):
    assert grown(leaves).root == mth(leaves)


@given(trees, st.data())
def test_a_tree_goes_on_from_its_peaks(leaves, draw):
    cut = draw.draw(st.integers(0, len(leaves)))
    begun = grown(leaves[:cut])
    frontier = Frontier(begun.size, begun.peaks)
    for leaf in leaves[cut:]:
        frontier.add(leaf)
    assert (frontier.size, frontier.root, frontier.peaks) == (len(leaves), mth(leaves), grown(leaves).peaks)


@given(trees, st.data())
def test_inclusion_proof_is_that_of_the_definition_and_holds(leaves, draw):
    index = draw.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(iter(leaves), index, len(leaves))
    assert proof == path(index, leaves)
    assert included(leaves[index], index, len(leaves), proof, mth(leaves))


@given(trees, st.data())
def test_consistency_proof_is_that_of_the_definition_and_holds(leaves, draw):
    first = draw.draw(st.integers(1, len(leaves)))
    proof = consistency_proof(iter(leaves), first, len(leaves))
    assert proof == subproof(first, leaves, True)
    assert consistent(first, len(leaves), mth(leaves[:first]), mth(leaves), proof)


@given(st.integers(1, 24), st.data())
def test_inclusion_proof_shows_no_other_leaf_place_size_or_root(size, draw):
    leaves = data(size)
    index = draw.draw(st.integers(0, size - 1))
    proof, root = inclusion_proof(leaves, index, size), mth(leaves)
    assert not included(b"other", index, size, proof, root)
    assert not included(leaves[index], index, size, proof, sha(root))
    assert not included(leaves[index], size, size, proof, root)
    assert not included(leaves[index], index, size, [*proof, root], root)
    for other in set(range(size)) - {index}:
        assert not included(leaves[index], other, size, proof, root)
    for place in range(len(proof)):
        forged = [*proof[:place], sha(proof[place]), *proof[place + 1 :]]
        assert not included(leaves[index], index, size, forged, root)


@given(st.integers(1, 24), st.integers(0, 24), st.data())
def test_consistency_proof_shows_no_other_history(first, more, draw):
    leaves = data(first + more)
    changed = draw.draw(st.integers(0, first - 1))
    rewritten = [*leaves[:changed], b"rewritten", *leaves[changed + 1 :]]
    proof = consistency_proof(rewritten, first, first + more)
    assert not consistent(first, first + more, mth(leaves[:first]), mth(rewritten), proof)
    honest = consistency_proof(leaves, first, first + more)
    assert not consistent(first, first + more, mth(leaves[:first]), mth(leaves), [*honest, sha()])
    assert not consistent(first, first + more, mth(leaves[:first]), sha(), honest)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index, size):
    with pytest.raises(IndexError):
        inclusion_proof(data(5), index, size)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3)])
def test_a_tree_that_did_not_grow_has_no_proof(first, second):
    with pytest.raises(IndexError):
        consistency_proof(data(5), first, second)


def test_a_stream_that_ends_early_is_said():
    with pytest.raises(TooFewLeavesError, match="fewer than 4"):
        inclusion_proof(data(3), 0, 4)


@pytest.mark.parametrize(("size", "peaks"), [(3, bytes(32)), (0, bytes(32)), (4, b"")])
def test_peaks_that_do_not_fit_a_size_are_refused(size, peaks):
    with pytest.raises(ValueError, match="peaks"):
        Frontier(size, peaks)
