"""A ledger of which some entries are told and the others withheld, and whose root is that of all of them.

What is withheld between two entries that are told is put as the roots of the whole subtrees of RFC 9162's tree that it
is made of: a few hashes, however many entries. They say how many there are and nothing else.
"""

from __future__ import annotations

from kavalan.ledger.merkle import inner_hash, leaf_hash


class Withheld:
    """The entries withheld since the last one that was told; never more than 64 hashes are kept."""

    __slots__ = ("_size", "_subtrees")

    def __init__(self) -> None:
        self._size = 0
        self._subtrees: list[tuple[int, bytes]] = []

    def withhold(self, data: bytes) -> None:
        """The next entry is not told; `data` is its hash (32 bytes)."""
        node, count, start = leaf_hash(data), 1, self._size
        while self._subtrees and self._subtrees[-1][0] == count and (start - count) % (2 * count) == 0:
            node, start, count = inner_hash(self._subtrees.pop()[1], node), start - count, 2 * count
        self._subtrees.append((count, node))
        self._size += 1

    def tell(self) -> None:
        """The next entry is told; what was withheld before it must have been taken."""
        self._size += 1

    def take(self) -> list[str]:
        """The lines that stand for what was withheld; asked before an entry is told and where a root is stated."""
        lines = [f'{{"entries":{count},"root":"{node.hex()}"}}' for count, node in self._subtrees]
        self._subtrees.clear()
        return lines
