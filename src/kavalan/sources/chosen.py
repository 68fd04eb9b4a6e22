"""Which part of a source is wanted in one pass: a rule over paths and times that is plain data.

It has to be data, because the readers of archives, which run confined, follow it too: what is not wanted is passed over
there without being unpacked.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

Part = Literal[1, 2, 3]
_LAST = 3


class Chosen(msgspec.Struct, frozen=True):
    """One of the three parts into which a rule divides a source; every item belongs to one.

    Attributes:
        part: 1: what lies in one of `places`; 2: of the rest, what was changed from `since` to `until`; 3: the rest.
        places: a regular expression (bytes) that is searched in the path, with a `/` before it.
        since: microseconds from 1970 in UTC.
        until: the same, exclusive. A file that changes while its source is read is therefore never lost between two
            parts: what it may change into belongs to the last one.
    """

    part: Part
    places: bytes
    since: int
    until: int

    @property
    def last(self) -> bool:
        """Whether no part comes after it."""
        return self.part == _LAST

    def takes(self, path: bytes, original: bytes | None, modified: int | None) -> bool:
        """Whether it belongs to this part.

        Args:
            path: below the source, or in its archive.
            original: see `Item.original`.
            modified: microseconds from 1970 in UTC.
        """
        search = _compiled(self.places).search
        if search(b"/" + path) or (original is not None and search(b"/" + original)):
            return self.part == 1
        recent = modified is not None and self.since <= modified < self.until
        return self.part == (2 if recent else 3)


@lru_cache(maxsize=4)
def _compiled(places: bytes) -> re.Pattern[bytes]:
    return re.compile(places, re.DOTALL)
