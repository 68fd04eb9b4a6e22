"""All looks at a workspace, in the order in which their faults are best cured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kavalan.casework.health import database, files, keys, lists, record, vault, volume

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from kavalan.casework.health.finding import Finding


def examine(path: Path, now: datetime) -> Iterator[Finding]:
    """Look at everything in the configured workspace.

    Args:
        path: the workspace.
        now: aware UTC.
    """
    yield from files.rights(path)
    yield from files.space(path)
    yield volume.encryption(path)
    yield from files.leftovers(path)
    yield from keys.wrapped(path)
    yield from files.trusted_keys(path)
    yield from files.evidence()
    yield from lists.lists(path)
    if (fault := database.reached()) is not None:
        yield fault
        return
    yield from database.integrity()
    yield from database.form()
    yield from record.triggers()
    yield from vault.blobs(path)
    yield from vault.reading(path, now)
    yield from record.clock(now)
    yield from record.checkpoints(now)
