"""What a manifest says, and its one form on disk."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final, Literal

import msgspec

from kavalan.scan.facts import Counts, ListFacts, Profile, SeenFacts
from kavalan.scan.manifest.canonical import canonical
from kavalan.scan.manifest.errors import MalformedError

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
FORMAT: Final = "kavalan-scan-manifest-1"

# A file a batch, two hundred bytes each: room for a scan of two billion items.
_MOST_BYTES = 1 << 28


class FileFacts(msgspec.Struct, frozen=True):
    """A file of the result: its bytes, and their SHA-256 in hex."""

    size: int
    sha256: str


class SourceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What was scanned.

    Attributes:
        path: its absolute path in hex, for bytes have no other form that is everybody's.
        shown: the same for people, escaped.
        kind: `folder` or `file`.
        items: rows that lie in no container; 1 for a file.
        size: bytes of them that were read.
        sha256: of a file, its own; of a folder, that of the rows of `kavalan.scan.manifest.source`; None where the
            file could not be read.
    """

    path: str
    shown: str
    kind: Literal["folder", "file"]
    items: int
    size: int
    sha256: str | None


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a scan was, what it was done with, and every file of its result.

    Attributes:
        format: of this file.
        scan: random, made when the scan was first started: 32 hex digits.
        signer: fingerprint of the key that signs this manifest; None where nobody does.
        source: what was scanned.
        authority: reference of the authority under which it was done.
        examiner: who did it.
        unit: the unit that agreements were asked about.
        profile: as `ScanFacts`; likewise `lists`, `seen_before`, `parameters`, `tools`, `sandbox`,
            `sandbox_complete`, `runs`, `end`, `why`, `counts`.
        started: first start, UTC, ISO 8601.
        ended: last end, the same.
        files: every file of the result by its name, the manifest, its signature and what only a running scan needs
            left out.
    """

    scan: str
    signer: str | None
    source: SourceFacts
    authority: str
    examiner: str
    unit: str | None
    profile: Profile
    lists: tuple[ListFacts, ...]
    seen_before: tuple[SeenFacts, ...]
    parameters: dict[str, str]
    tools: dict[str, str]
    sandbox: str
    sandbox_complete: bool
    started: str
    ended: str
    runs: int
    end: Literal["complete", "stopped"]
    why: str | None
    counts: Counts
    files: dict[str, FileFacts]
    format: Literal["kavalan-scan-manifest-1"] = FORMAT


def encode(manifest: Manifest) -> bytes:
    """The one text of a manifest, as `canonical` writes it.

    Raises:
        ValueError: a text in it is not Unicode, or a number beyond 2**53.
    """
    return canonical(msgspec.to_builtins(manifest))


def decode(where: object, data: bytes) -> Manifest:
    """Read a manifest.

    Args:
        where: named in errors.
        data: the bytes of the file.

    Raises:
        MalformedError: it is not of the form, or not in the one text of what it says.
    """
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
        text = encode(manifest)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedError(where, f"is no manifest, or only a part of one ({error})") from error
    if text != data:
        raise MalformedError(where, "is written otherwise than Kavalan writes it: an editor or a tool has saved it")
    return manifest


def read_bytes(path: Path) -> bytes:
    """The bytes of a manifest's file.

    Raises:
        MalformedError: there is none, or it is too large to be one.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise MalformedError(path, f"cannot be read ({error.strerror}): is this the folder of a scan?") from error
    if len(data) > _MOST_BYTES:
        raise MalformedError(path, "is too large to be a manifest")
    return data


def read_manifest(path: Path) -> Manifest:
    """The manifest in a file, its signature not asked for.

    Raises:
        MalformedError: it is none.
    """
    return decode(path, read_bytes(path))


def digest(data: bytes) -> str:
    """SHA-256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()
