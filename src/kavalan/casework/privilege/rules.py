"""Whether a path speaks of an identifier: letter case and what people put between digits do not matter."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST = 5
"""Characters of an identifier, folded: a shorter one would seal half of an exhibit."""
_BETWEEN = re.compile(r"[\s\-_.()+/\\\0]+")


def folded(text: str) -> str:
    """As identifiers and paths are compared."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold())


def identifier_fault(text: str) -> str | None:
    """Why this cannot be supplied, or None."""
    if len(folded(text)) < FEWEST:
        return gettext("“%(text)s” is too short: it would seal what has nothing to do with it.") % {"text": text}
    return None


def speaks_of(paths: Iterable[bytes], identifiers: Iterable[str]) -> bool:
    """Whether one of the paths of an item holds one of the folded identifiers."""
    texts = [folded(os.fsdecode(path)) for path in paths]
    return any(identifier in text for identifier in identifiers for text in texts)
