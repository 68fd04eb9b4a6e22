"""The hash lists of a workspace: whether each can be read to its last byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.health.finding import Finding
from kavalan.casework.workspace import lists_of
from kavalan.lists import Catalogue, ListError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def lists(path: Path) -> Iterator[Finding]:
    """Read every list and compare it with what was written."""
    root = lists_of(path)
    if not root.is_dir():
        yield Finding(
            "lists", f"{root} is not there", f"mkdir -m 700 {root}, then load the lists again from their files"
        )
        return
    catalogue = Catalogue(root)
    count = 0
    for name in catalogue.names():
        try:
            catalogue.verify(name)
            catalogue.status(name)
        except (ListError, OSError) as error:
            yield Finding("lists", f"{name}: {error}", "load it again from its owner's file, or restore a backup")
        else:
            count += 1
    yield Finding("lists", f"{count} lists are whole")
