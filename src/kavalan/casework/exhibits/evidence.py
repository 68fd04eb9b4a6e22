"""Where evidence lies: the folders from which exhibits are registered, and what is there to choose from.

The desk reads files with its own user's rights, which reach its own keys. An officer may name a file only below these.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from kavalan.casework.errors import RefusedError
from kavalan.casework.exhibits.field_claim import is_result
from kavalan.sandbox import printable

MOST_OFFERED = 500
"""What a page offers to choose from; more lies in sub-folders."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that could be registered, or imported.

    Attributes:
        path: where it lies.
        key: its path as an address or a form can carry it.
        name: safe to show.
        result: whether it looks like the result of a scan that was made elsewhere.
    """

    path: Path
    key: str
    name: str
    result: bool


def evidence_at(path: Path) -> bytes:
    """The real path of evidence, as an exhibit keeps it.

    Raises:
        RefusedError: when there is no file or folder that the desk can read, or it lies elsewhere.
    """
    real = path.resolve()
    if not any(real.is_relative_to(root.resolve()) for root in settings.KAVALAN_EVIDENCE):
        raise RefusedError(
            "%(path)s does not lie where evidence lies (%(roots)s). Put it there, or have whoever runs the desk name "
            "its folder in KAVALAN_EVIDENCE.",
            path=printable(str(path)),
            roots=", ".join(printable(str(root)) for root in settings.KAVALAN_EVIDENCE),
        )
    if not ((real.is_dir() or real.is_file()) and os.access(real, os.R_OK)):
        raise RefusedError("%(path)s is no file or folder that the desk can read.", path=printable(str(path)))
    return os.fsencode(real)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What could be registered now.

    Attributes:
        offers: what lies directly where evidence lies, the newest first.
        roots: the folders that were looked into.
        unreachable: those of them that could not be, with the reason: a disk that is not plugged in.
    """

    offers: list[Offer]
    roots: list[str]
    unreachable: list[str]


def shelf() -> Shelf:
    """Look where evidence lies."""
    found: list[tuple[float, Path]] = []
    unreachable = []
    for root in settings.KAVALAN_EVIDENCE:
        try:
            found += _entries(root)
        except OSError as error:
            unreachable.append(f"{printable(str(root))}: {error.strerror}")
    newest = sorted(found, key=lambda one: (-one[0], one[1]))[:MOST_OFFERED]
    offers = [Offer(path, os.fsencode(path).hex(), printable(str(path)), is_result(path)) for _, path in newest]
    return Shelf(offers, [printable(str(root)) for root in settings.KAVALAN_EVIDENCE], unreachable)


def _entries(root: Path) -> list[tuple[float, Path]]:
    with os.scandir(root) as entries:
        return [
            (entry.stat(follow_symlinks=False).st_mtime, Path(entry.path))
            for entry in entries
            if entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
        ]


def offer_of(key: str) -> Path:
    """The path that a form names.

    Raises:
        RefusedError: when it names none.
    """
    try:
        return Path(os.fsdecode(bytes.fromhex(key)))
    except ValueError as error:
        raise RefusedError("Choose what to register from the list.") from error
