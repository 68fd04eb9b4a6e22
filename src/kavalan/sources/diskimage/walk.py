"""Through the folders of a volume, depth first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from kavalan.sources.archive.passage import DamagedError
from kavalan.sources.archive.records import Still

S = TypeVar("S")
_STILL_EVERY = 512
# Folders that share their clusters can be made to hold more entries than a lifetime has minutes.
_MOST = 100_000_000


def steps(levels: list[Iterator[S]]) -> Iterator[S | Still]:
    """What the last of the listings says next, until all have ended; who asks may add listings meanwhile.

    Raises:
        DamagedError: there are more than a hundred million.
    """
    count = 0
    while levels:
        count += 1
        if count % _STILL_EVERY == 0:
            yield Still()
        if count > _MOST:
            raise DamagedError(f"its folders hold more than {_MOST} entries")
        step = next(levels[-1], None)
        if step is None:
            levels.pop()
        else:
            yield step
