"""Where a file is cut to see whether what is left of it is understood."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable


def cuts(size: int) -> Iterable[int]:
    """Every length below `size` where the file is small, or `KAVALAN_CRASHES` is set, as when crashes are judged.

    Otherwise its beginnings and its ends, and seeded places between.
    """
    if size <= 600 or "KAVALAN_CRASHES" in os.environ:
        return range(size)
    between = random.Random(size).sample(range(size), 150)  # noqa: S311 no secret
    return sorted({*range(40), *between, *range(size - 40, size)})
