"""One thing found in a source: where it was, when it was changed, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A file, or the reason why there is none to read.

    Attributes:
        path: place below the source's root as the source spells it: bytes, separated by `/`, in no known encoding.
        modified: last change in UTC, as the source states it; None where it states none.
        open: opens the item for reading and returns a file descriptor that the caller closes. Raises OSError.
        refusal: why the item is not read (a link, a device, a folder that may not be listed), else None.
    """

    path: bytes
    modified: datetime | None
    open: Callable[[], int]
    refusal: str | None = None
