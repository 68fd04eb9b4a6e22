"""A result as its reader takes it over: verified first, then batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kavalan.ledger import PublicKey
from kavalan.scan.batch import Batch
from kavalan.scan.layout import batch_path, hits_path, mentions_path
from kavalan.scan.manifest.errors import AlteredError, IncompleteError, UnknownSignerError
from kavalan.scan.manifest.model import Manifest
from kavalan.scan.manifest.verify import Standing, verify


@dataclass(frozen=True, slots=True)
class Result:
    """A complete result, every file of which was what its manifest says when it was opened.

    Attributes:
        out: its folder.
        manifest: what it says.
        sha256: of the manifest's file, in hex: the same result is never to be taken over twice.
        signer: who signed; None for nobody.
        standing: whether that key is trusted.
    """

    out: Path
    manifest: Manifest
    sha256: str
    signer: PublicKey | None
    standing: Standing

    def batches(self) -> Iterator[Batch]:
        """Batches of items, in order; `read_batch` reads one."""
        for number in range(1, self.manifest.counts.batches + 1):
            path = batch_path(self.out, number)
            facts = self.manifest.files[path.name]
            yield Batch(number, path, _rows(path), bytes.fromhex(facts.sha256))

    def hits(self) -> Iterator[Path]:
        """Tables of hits (`kavalan.scan.layout.HITS`), one for each batch, in order."""
        for number in range(1, self.manifest.counts.batches + 1):
            yield hits_path(self.out, number)

    def mentions(self) -> Iterator[Path]:
        """Tables of mentions (`kavalan.scan.layout.MENTIONS`) of those batches that have one."""
        for number in range(1, self.manifest.counts.batches + 1):
            path = mentions_path(self.out, number)
            if path.name in self.manifest.files:
                yield path


def open_result(out: Path, trusted: Sequence[PublicKey], *, even_unknown: bool = False) -> Result:
    """Verify a result and open it.

    What may be changed while it is read, a stick for example, is to be copied first and opened from the copy.

    Args:
        out: the folder of the scan.
        trusted: keys whose signature is believed.
        even_unknown: take it though nobody signed, or somebody else did; `Result.standing` says which.

    Raises:
        MalformedError: it has no manifest.
        AlteredError: something is altered, missing or put in, or its signature does not hold.
        UnknownSignerError: it is unsigned or signed by another key.
        IncompleteError: the scan was stopped and has not been ended since.
    """
    verdict = verify(out, trusted)
    if verdict.faults:
        raise AlteredError(out, verdict.faults)
    if verdict.standing != "known" and not even_unknown:
        who = "nobody" if verdict.signer is None else f"the key {verdict.signer.fingerprint}, which is not trusted here"
        raise UnknownSignerError(out, f"signed by {who}")
    if verdict.manifest.end != "complete":
        raise IncompleteError(out, f"the scan stopped ({verdict.manifest.why}); resume it where it was made")
    return Result(out, verdict.manifest, verdict.sha256, verdict.signer, verdict.standing)


def _rows(path: Path) -> int:
    rows: int = pl.scan_parquet(path).select(pl.len()).collect().item()
    return rows
