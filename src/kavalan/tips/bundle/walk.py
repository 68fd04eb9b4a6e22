"""One pass over a bundle: its members in their order, those of a ZIP in it behind it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from kavalan.sources import Part, SourceLimits, below
from kavalan.sources.archive import Allowance, ZipReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kavalan.sources.archive import Lendable, ZipMember

MIB = 1 << 20
LIMITS = SourceLimits(depth=3, members=50_000, spool=64 * MIB, free_member=64 * MIB, memory=512 * MIB)
"""A referral, or a ZIP in the ZIP, is held in memory while it is read; a larger one is a file like any other."""

_BELOW = below(b"", Part(b""))
"""What stands before a member's name; not before the first, as with a file of a folder."""
_ZIP = (b"PK\3\4", b"PK\5\6")


class Step(NamedTuple):
    """A member on the way.

    Attributes:
        path: where it lies.
        container: path of the archive that it lies in; empty for the bundle itself.
        found: what its archive says, and its bytes until the next step.
    """

    path: bytes
    container: bytes
    found: ZipMember


class Walk:
    """Goes over a bundle, as often as it is asked to.

    Attributes:
        reasons: what the last pass could not read, each with its place.
    """

    def __init__(self, source: int | Lendable) -> None:
        self.reasons: list[tuple[bytes, str]] = []
        self._source = source
        self._stack = ExitStack()
        self._readers = [self._stack.enter_context(ZipReader(LIMITS)) for _ in range(LIMITS.depth)]

    def close(self) -> None:
        """End the readers."""
        self._stack.close()

    def steps(self) -> Iterator[Step]:
        """Every member once. Who takes a member's bytes does so before the next step."""
        self.reasons = []
        source = self._source
        size = os.fstat(source).st_size if isinstance(source, int) else source.seek(0, os.SEEK_END)
        yield from self._steps(source, b"", 0, Allowance(LIMITS.allowance(size), LIMITS.members))

    def _steps(self, source: int | Lendable, container: bytes, depth: int, allowance: Allowance) -> Iterator[Step]:
        reader = self._readers[depth]
        for found in reader.members(source, allowance):
            path = below(container, Part(found.begin.name, found.begin.again))
            path = path if container else path[len(_BELOW) :]
            yield Step(path, container, found)
            if found.content is None or depth + 1 == len(self._readers):
                continue
            found.content.settle()
            if found.content.whole is not None and found.content.head.startswith(_ZIP):
                yield from self._steps(found.content.whole.fileno(), path, depth + 1, allowance)
        self.reasons += [(container, reason) for reason in reader.reasons]
