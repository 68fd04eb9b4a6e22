"""Which files make up a result, and whether they are what they were."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Final

from kavalan.sandbox import printable
from kavalan.scan.layout import LOCK, SEEN, STATE
from kavalan.scan.manifest.errors import ManifestError
from kavalan.scan.manifest.model import MANIFEST, SIGNATURE, FileFacts

ASIDE: Final = frozenset({MANIFEST, SIGNATURE, STATE, LOCK, SEEN})
"""What lies in the folder without belonging to the result: no manifest can hold itself, and the others change."""

FOREIGN: Final = "does not belong here"

_NUMBERED = re.compile(r"(batch|hits|mentions)-(\d{6,})\.parquet")


def inventory(out: Path, aside: Container[str] = ASIDE) -> dict[str, FileFacts]:
    """Every file of a result, by its name below the folder.

    Args:
        out: the folder.
        aside: names in it that are left out, with all below them.

    Raises:
        ManifestError: there is something that is no file, or a name that is not UTF-8.
        OSError: a file cannot be read.
    """
    return {name: _facts(out / name) for name in _names(out, aside) if not name.endswith(".partial")}


def file_faults(out: Path, files: Mapping[str, FileFacts], aside: Container[str] = ASIDE) -> Iterator[str]:
    """What differs between a folder and what its manifest says of it, a sentence for each file.

    Args:
        out: the folder.
        files: as `inventory` gave them.
        aside: as there.
    """
    present: set[str] = set()
    try:
        present.update(_names(out, aside))
    except (ManifestError, OSError) as error:
        yield str(error)
    for name, facts in sorted(files.items()):
        if fault := _fault(out, name, facts, aside):
            yield f"{printable(name)} {fault}"
    yield from (f"{printable(name)} {FOREIGN}" for name in sorted(present - files.keys()))


def batch_faults(files: Mapping[str, FileFacts], batches: int) -> Iterator[str]:
    """What is missing between the first and the last batch, a sentence for each.

    Args:
        files: as the manifest has them.
        batches: how many it counts.
    """
    for kind in ("batch", "hits"):
        numbers = {int(found[2]) for name in files if (found := _NUMBERED.fullmatch(name)) and found[1] == kind}
        wanted = set(range(1, batches + 1))
        yield from (f"the manifest lacks {kind}-{number:06d}.parquet" for number in sorted(wanted - numbers))
        yield from (f"{kind}-{number:06d}.parquet is beyond its count" for number in sorted(numbers - wanted))


def _names(folder: Path, aside: Container[str], below: str = "") -> Iterator[str]:
    """Names of all files below a folder, those set aside left out."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if not below and entry.name in aside:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _names(folder / entry.name, aside, f"{below}{entry.name}/")
            continue
        if not entry.is_file(follow_symlinks=False):
            raise ManifestError(folder / printable(entry.name), "is no file: a result holds files only; remove it")
        yield _text(below + entry.name)


def _text(name: str) -> str:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise ManifestError(printable(name), "is no name of a file that Kavalan writes; remove it") from None
    return name


def _facts(path: Path) -> FileFacts:
    with path.open("rb") as stream:
        return FileFacts(os.fstat(stream.fileno()).st_size, hashlib.file_digest(stream, "sha256").hexdigest())


def _fault(out: Path, name: str, facts: FileFacts, aside: Container[str]) -> str | None:
    path = out / name
    if name.startswith("/") or ".." in name.split("/") or name.split("/", 1)[0] in aside:
        return "is no name that may stand here"
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode):
            return "is no file"
        if state.st_size != facts.size:
            return f"is altered: {state.st_size} bytes instead of {facts.size}"
        return None if _facts(path) == facts else "is altered: its bytes are others than were signed for"
    except FileNotFoundError:
        return "is missing"
    except (OSError, ValueError) as error:
        return f"cannot be read ({error})"
