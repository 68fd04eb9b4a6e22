"""Writing the manifest of a scan, once everything else of its result lies in the folder."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kavalan.scan.facts import ScanFacts
from kavalan.scan.manifest.files import inventory
from kavalan.scan.manifest.model import MANIFEST, SIGNATURE, Manifest, encode
from kavalan.scan.manifest.signature import signature_text
from kavalan.scan.manifest.source import source_facts

if TYPE_CHECKING:
    from kavalan.ledger import SigningKey


def write_manifest(out: Path, facts: ScanFacts, key: SigningKey | None) -> Manifest:
    """Write `manifest.json` and, with a key, `manifest.sig`; those of an earlier run are replaced.

    A crash leaves the old manifest, the new one, or the new one without a signature, which a reader then misses.

    Args:
        out: the folder of the scan; every other file of the result is in it.
        facts: of the scan.
        key: that signs; None leaves the manifest unsigned, and it says so.

    Raises:
        ManifestError: something in the folder cannot belong to a result.
        OSError: a file cannot be read or written.
    """
    manifest = Manifest(
        scan=facts.scan,
        signer=key.public.fingerprint if key else None,
        source=source_facts(out, facts),
        authority=facts.authority,
        examiner=facts.examiner,
        unit=facts.unit,
        profile=facts.profile,
        lists=facts.lists,
        seen_before=facts.seen_before,
        parameters=facts.parameters,
        tools=facts.tools,
        sandbox=facts.sandbox,
        sandbox_complete=facts.sandbox_complete,
        started=moment(facts.started),
        ended=moment(facts.ended),
        runs=facts.runs,
        end=facts.end,
        why=facts.why,
        counts=facts.counts,
        files=inventory(out),
    )
    replace_signed(out / MANIFEST, out / SIGNATURE, encode(manifest), key)
    return manifest


def replace_signed(path: Path, signature: Path, data: bytes, key: SigningKey | None) -> None:
    """Put a file and its signature in place of those that are there, so that none is ever seen in part.

    Args:
        path: of the file.
        signature: of the signature; without a key an old one is removed.
        data: the bytes of the file.
        key: that signs.
    """
    signature.unlink(missing_ok=True)  # a signature over other bytes would look like forgery
    _put(path, data)
    if key is not None:
        _put(signature, signature_text(key, data))


def moment(time: datetime) -> str:
    """A time in UTC as ISO 8601, to the microsecond."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _put(path: Path, data: bytes) -> None:
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
