"""Files and folders that a person named, as items."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kavalan.sources import Item


def items_of(paths: Iterable[Path]) -> Iterator[Item]:
    """Each file, and all below each folder, with paths as the person would write them."""
    from kavalan.sources import single_file, walk_folder

    for path in paths:
        if path.is_dir():
            prefix = os.fsencode(path).rstrip(b"/") + b"/"
            yield from (replace(item, path=prefix + item.path) for item in walk_folder(path))
        else:
            yield single_file(path)
