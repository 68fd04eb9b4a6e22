"""The Merkle tree of RFC 9162, 2.1: one root for all entries, short proofs that one is in it or that it only grew.

A leaf's data are the 32 bytes of an entry's hash. Nothing here holds more than a few hashes: roots and proofs are taken
from a stream of leaves, and a `Frontier` is all that the next root needs of the leaves before.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

EMPTY_ROOT = hashlib.sha256().digest()
"""The root of no leaves at all."""


class TooFewLeavesError(ValueError):
    """A stream of leaves ended before the tree that was asked for was whole."""

    def __init__(self, wanted: int) -> None:
        super().__init__(f"there are fewer than {wanted} leaves")


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf: SHA-256 of 0x00 and its data."""
    return hashlib.sha256(b"\x00" + data).digest()


def inner_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees side by side: SHA-256 of 0x01 and both."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A growing tree of which only the roots of its whole subtrees are kept: one for each bit of its size.

    Args:
        size: how many leaves it has already.
        peaks: 32 bytes for each bit that is set in `size`, the largest subtree first.

    Raises:
        ValueError: when there are not as many peaks as the size has bits.
    """

    __slots__ = ("_peaks", "size")

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        if len(peaks) != 32 * size.bit_count():
            message = f"a tree of {size} leaves has {size.bit_count()} peaks of 32 bytes, not {len(peaks)} bytes"
            raise ValueError(message)
        self.size = size
        self._peaks = [peaks[first : first + 32] for first in range(0, len(peaks), 32)]

    @property
    def peaks(self) -> bytes:
        """What another `Frontier` begins with to go on from here."""
        return b"".join(self._peaks)

    @property
    def root(self) -> bytes:
        """The root of all leaves so far (32 bytes); not more than 63 hashes are taken."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in self._peaks[-2::-1]:
            root = inner_hash(peak, root)
        return root

    def add(self, data: bytes) -> None:
        """Append one leaf; on average one inner hash is taken."""
        node, size = leaf_hash(data), self.size
        while size & 1:
            node = inner_hash(self._peaks.pop(), node)
            size >>= 1
        self._peaks.append(node)
        self.size += 1


def inclusion_proof(leaves: Iterable[bytes], index: int, size: int) -> list[bytes]:
    """The hashes that show that a leaf is in a tree (RFC 9162, 2.1.3.1), from its neighbour up.

    Args:
        leaves: the data of all leaves, in their order; as many as `size` are read, once.
        index: the leaf's place, from 0.
        size: how many leaves the tree has.

    Raises:
        IndexError: there is no such leaf in a tree of that size.
        TooFewLeavesError: the stream ended early.
    """
    if not 0 <= index < size:
        message = f"a tree of {size} leaves has no leaf {index}"
        raise IndexError(message)
    return _roots(leaves, _beside(index, 0, size))


def consistency_proof(leaves: Iterable[bytes], first: int, second: int) -> list[bytes]:
    """The hashes that show that a tree only grew (RFC 9162, 2.1.4.1).

    Args:
        leaves: the data of all leaves of the larger tree, in their order; read once.
        first: size of the smaller tree, at least 1.
        second: size of the larger one.

    Raises:
        IndexError: the sizes are not in that order.
        TooFewLeavesError: the stream ended early.
    """
    if not 0 < first <= second:
        message = f"a tree of {second} leaves did not grow from one of {first}"
        raise IndexError(message)
    return _roots(leaves, _grown(first, 0, second, whole=True))


def included(data: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows the leaf in the tree of that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf_hash(data)
    for other in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = inner_hash(other, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = inner_hash(node, other)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def consistent(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the second tree begins with all leaves of the first (RFC 9162, 2.1.4.2)."""
    if not 0 < first <= second or (first == second and proof) or (first < second and not proof):
        return False
    if first == second:
        return first_root == second_root
    hashes = iter(proof if first & (first - 1) else [first_root, *proof])
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = next(hashes)
    for other in hashes:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = inner_hash(other, older), inner_hash(other, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = inner_hash(newer, other)
        place, last = place >> 1, last >> 1
    return last == 0 and (older, newer) == (first_root, second_root)


def _split(size: int) -> int:
    """The largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def _beside(index: int, start: int, end: int) -> Iterator[range]:
    """PATH: the subtrees beside the way from a leaf to the root of `start` to `end`, the lowest first."""
    if end - start == 1:
        return
    middle = start + _split(end - start)
    if index < middle:
        yield from _beside(index, start, middle)
        yield range(middle, end)
    else:
        yield from _beside(index, middle, end)
        yield range(start, middle)


def _grown(first: int, start: int, end: int, *, whole: bool) -> Iterator[range]:
    """SUBPROOF: the subtrees of which an older tree, the leaves below `first`, and the whole are made."""
    if first == end:
        if not whole:
            yield range(start, end)
        return
    middle = start + _split(end - start)
    if first <= middle:
        yield from _grown(first, start, middle, whole=whole)
        yield range(middle, end)
    else:
        yield from _grown(first, middle, end, whole=False)
        yield range(start, middle)


def _roots(leaves: Iterable[bytes], subtrees: Iterable[range]) -> list[bytes]:
    """The roots of subtrees that do not overlap, in the order in which they are asked for; the leaves are read once."""
    asked = list(subtrees)
    found: dict[range, bytes] = {}
    stream, place = iter(leaves), 0
    for subtree in sorted(asked, key=lambda one: one.start):
        frontier = Frontier()
        while place < subtree.stop:
            data = next(stream, None)
            if data is None:
                raise TooFewLeavesError(subtree.stop)
            if place >= subtree.start:
                frontier.add(data)
            place += 1
        found[subtree] = frontier.root
    return [found[subtree] for subtree in asked]
