"""What a scan was and how it ended: all that its report and its manifest say besides the rows."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Profile = Literal["full", "triage"]


class ListFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was matched against, as it was when the scan first started; the scan keeps to that state.

    Attributes:
        name: in the catalogue.
        owner: whose it is.
        version: the owner's name of the delivery.
        kind: `positive`, `negative` or `known_good`.
        state: generation and number of changes since, as `gen-3+12`.
        entries: living ones in that state.
        sha256: of exactly that content, in hex (`kavalan.lists.Status.sha256`).
        agreement: its reference, None where there is none.
        refused: why it was no longer matched when the scan stopped; None while it is.
    """

    name: str
    owner: str
    version: str
    kind: str
    state: str
    entries: int
    sha256: str = ""
    agreement: str | None = None
    refused: str | None = None


class SeenFacts(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier scan whose contents are marked as seen before.

    Attributes:
        path: its folder, as it was named, safe to print.
        batches: how many of its batches were there when this scan first started; later ones are not looked at.
        sha256: of the SHA-256 digests of these batches, one after the other, in hex.
        reused: whether its pictures' and videos' hashes are taken over, being made by the same tools and parameters;
            otherwise contents are only marked.
    """

    path: str
    batches: int
    sha256: str
    reused: bool


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Figures over all batches. An item is one row; contents that lie in several places are counted each time.

    Attributes:
        items: rows.
        unread: of these, how many could not be read wholly, or at all.
        bytes: read of them.
        pictures: with a PDQ hash.
        videos: with frames.
        seen_before: whose content was in an earlier scan that was named.
        identical: with a hit by SHA-256 or SHA-1 on known material, neither suppressed nor contradicted.
        md5_only: without one of these, with a hit by MD5.
        near: without one of these, with a near hit.
        suppressed: with hits, all of them suppressed by a negative list.
        known_good: without any hit, and part of a system or program.
        left_out: weaker hits beyond the most that are kept of one item on one list.
        batches: files of items.
    """

    items: int = 0
    unread: int = 0
    bytes: int = 0
    pictures: int = 0
    videos: int = 0
    seen_before: int = 0
    identical: int = 0
    md5_only: int = 0
    near: int = 0
    suppressed: int = 0
    known_good: int = 0
    left_out: int = 0
    batches: int = 0


class ScanFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One scan, from its first start to its last end.

    Attributes:
        scan: random, made when the scan was first started and kept in its plan: 32 hex digits.
        source: the absolute path as bytes.
        shown: the same for people, on one line, escaped.
        source_kind: `folder` or `file`.
        authority: reference of the authority under which it was done, as the examiner gave it.
        examiner: who did it, as given.
        unit: the unit that agreements were asked about, None where none was named.
        profile: `full`: in the order of the source; `triage`: what matters first.
        lists: that were asked, in the order given; none is no error.
        seen_before: earlier scans, in the order given.
        parameters: what the rows depend on: those of the fingerprinter (`rotations`, `interval`, …), of the source's
            limits (`limits.depth`, …), `radius`, `batch_rows`, `second_look`, `triage.since`.
        tools: name to version, of all that the rows depend on: `kavalan`, `python`, `simplejpeg`, `libjpeg-turbo`,
            `pillow`, `pi-heif`, `libheif`, `pyav`, `ffmpeg` (its libraries), `numpy`, `polars`, `numba`.
        started: first start, UTC.
        ended: last end, UTC.
        sandbox: what the kernel granted the decoders (`str(Confinement)`).
        sandbox_complete: whether nothing was missing of it.
        runs: how often it was started, 1 for a scan that was never interrupted.
        end: `complete`: every item of the source has its row; `stopped`: it can be resumed.
        why: why it stopped; None when complete.
        counts: see `Counts`.
    """

    scan: str = ""
    source: bytes
    shown: str
    source_kind: Literal["folder", "file"]
    authority: str
    examiner: str
    unit: str | None
    profile: Profile
    lists: tuple[ListFacts, ...]
    seen_before: tuple[SeenFacts, ...]
    parameters: dict[str, str]
    tools: dict[str, str]
    started: datetime
    ended: datetime
    sandbox: str
    sandbox_complete: bool
    runs: int
    end: Literal["complete", "stopped"]
    why: str | None
    counts: Counts
