"""Is a folder the result that its manifest says, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from kavalan.ledger import PublicKey
from kavalan.scan.manifest.errors import SignatureError
from kavalan.scan.manifest.files import FOREIGN, batch_faults, file_faults
from kavalan.scan.manifest.model import MANIFEST, SIGNATURE, Manifest, decode, digest, read_bytes
from kavalan.scan.manifest.signature import checked_signature

Standing: TypeAlias = Literal["known", "unknown", "none"]
"""Who signed: a key that is trusted here, another one, or nobody."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at a result found.

    Attributes:
        manifest: as it lies there.
        sha256: of the manifest's file, in hex; a result is known by it.
        signer: whose signature holds; None where there is none that does.
        standing: of the signer.
        faults: what is not as it was signed, a sentence each; empty when nothing was altered.
    """

    manifest: Manifest
    sha256: str
    signer: PublicKey | None
    standing: Standing
    faults: tuple[str, ...]


def verify(out: Path, trusted: Sequence[PublicKey] = ()) -> Verdict:
    """Read every byte of a result and compare it with what its manifest says.

    Args:
        out: the folder of the scan.
        trusted: keys whose signature is believed.

    Raises:
        MalformedError: there is no manifest that could be compared with.
    """
    data = read_bytes(out / MANIFEST)
    manifest = decode(out / MANIFEST, data)
    signer, faults = _signer(out, manifest, data)
    faults += [*batch_faults(manifest.files, manifest.counts.batches), *file_faults(out, manifest.files)]
    if manifest.end == "stopped":  # what a resumed run will take up lies there too
        faults = [fault for fault in faults if not fault.endswith(f".partial {FOREIGN}")]
    standing: Standing = "none" if signer is None else "known" if signer in trusted else "unknown"
    return Verdict(manifest, digest(data), signer, standing, tuple(faults))


def sentences(verdict: Verdict) -> Iterator[str]:
    """A verdict for a reader, a sentence a line."""
    yield from (f"ALTERED: {fault}" for fault in verdict.faults)
    if verdict.signer is None:
        yield "UNSIGNED: nobody vouches for this result; whoever had the folder could have changed it"
    elif verdict.standing == "unknown":
        yield (
            f"The signer is not among the keys you gave. Compare this fingerprint with the owner of the key:\n"
            f"{verdict.signer.spoken}"
        )
    else:
        yield f"Signed with the key {verdict.signer.fingerprint}, which you trust."
    if verdict.manifest.end == "stopped":
        yield f"INCOMPLETE: the scan stopped: {verdict.manifest.why or 'no reason is told'}"
    if not verdict.faults:
        yield (
            f"Nothing is altered: {len(verdict.manifest.files)} files are what the manifest says (it covers neither "
            "state.json nor lock, which a scan that goes on changes)."
        )


def _signer(out: Path, manifest: Manifest, data: bytes) -> tuple[PublicKey | None, list[str]]:
    try:
        signer = checked_signature(out / SIGNATURE, data)
    except FileNotFoundError:
        lost = [f"{SIGNATURE} is missing, and the manifest says that it was signed"] if manifest.signer else []
        return None, lost
    except (SignatureError, OSError) as error:
        return None, [f"{SIGNATURE} does not hold: {error}"]
    if manifest.signer != signer.fingerprint:
        return None, [f"{SIGNATURE} is by another key than the manifest names"]
    return signer, []
