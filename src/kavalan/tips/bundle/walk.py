"""One pass over a bundle: its members in their order, those of a ZIP in it behind it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from kavalan.sources import Part, below
from kavalan.sources.archive import Allowance
from kavalan.tips.reader import ARCHIVES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from kavalan.sources.archive import Lendable, ZipMember, ZipReader

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

    def __init__(self, source: int | Lendable, readers: Sequence[ZipReader]) -> None:
        """Take a reader for each depth of ZIPs in ZIPs."""
        self.reasons: list[tuple[bytes, str]] = []
        self._source = source
        self._readers = readers
        self._pass: Generator[Step] | None = None

    def close(self) -> None:
        """End a pass that was left."""
        if self._pass is not None:
            self._pass.close()

    def steps(self) -> Iterator[Step]:
        """Every member once. Who takes a member's bytes does so before the next step; one pass ends the one before."""
        self.close()
        self.reasons = []
        source = self._source
        size = os.fstat(source).st_size if isinstance(source, int) else source.seek(0, os.SEEK_END)
        self._pass = self._steps(source, b"", 0, Allowance(ARCHIVES.allowance(size), ARCHIVES.members))
        yield from self._pass

    def _steps(self, source: int | Lendable, container: bytes, depth: int, allowance: Allowance) -> Generator[Step]:
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
