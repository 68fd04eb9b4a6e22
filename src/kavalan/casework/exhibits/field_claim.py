"""What the result of a field scan says of itself, read before anything of it is believed.

The worker verifies all of it (`kavalan.scan.manifest`); here only as much is read as refuses a second import at once.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import msgspec

from kavalan.casework.errors import RefusedError

MANIFEST = "manifest.json"
_MOST_BYTES = 1 << 26


class _Said(msgspec.Struct):
    """The part of a manifest that the desk shows; see `kavalan.scan.manifest.Manifest`."""

    format: str
    scan: str
    examiner: str
    authority: str
    started: datetime
    ended: datetime
    end: str


class Claim(msgspec.Struct, frozen=True):
    """A manifest's own words.

    Attributes:
        scan: 32 hex digits.
        manifest: SHA-256 of its file.
        examiner: who made the scan.
        authority: on which authority.
        started: aware.
        ended: aware.
    """

    scan: str
    manifest: bytes
    examiner: str
    authority: str
    started: datetime
    ended: datetime


def is_result(folder: Path) -> bool:
    """Whether a folder looks like the result of a scan."""
    return (folder / MANIFEST).is_file()


def read_claim(folder: Path) -> Claim:
    """What a result says of itself.

    Raises:
        RefusedError: it has no manifest that can be read, or is of a scan that was stopped.
    """
    try:
        with (folder / MANIFEST).open("rb") as stream:
            data = stream.read(_MOST_BYTES)
        said = msgspec.json.decode(data, type=_Said)
    except (OSError, msgspec.MsgspecError) as error:
        raise RefusedError("This result of a scan has no manifest that can be read: %(why)s", why=error) from error
    if not said.format.startswith("kavalan-scan-manifest-"):
        raise RefusedError("This is not the result of a scan by Kavalan.")
    if said.end != "complete":
        raise RefusedError("This scan was stopped before its end. Resume it where it was made, then import it.")
    if said.started.tzinfo is None or said.ended.tzinfo is None:
        raise RefusedError("The manifest of this scan states times without a zone.")
    digest = hashlib.sha256(data).digest()
    return Claim(said.scan[:32], digest, said.examiner[:200], said.authority[:200], said.started, said.ended)
